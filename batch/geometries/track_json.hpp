#pragma once

#include <string_view>

#include "text/json_writer.hpp"
#include "tracks/track.hpp"

namespace kordon::batch {

/// Members that intervals, crossings and events have alike. A time that is not known is left out.
void write_time(text::JsonWriter& out, std::string_view key, tracks::Milliseconds time_ms);
void write_time_range(text::JsonWriter& out, tracks::Milliseconds earliest_ms, tracks::Milliseconds latest_ms);
void write_place(text::JsonWriter& out, geo::LonLat place);
/// `policy` and `activity`.
void write_program(text::JsonWriter& out, const policy::Program& program);
/// `because`: what is crossed, of a clause its target's distance there.
void write_change(text::JsonWriter& out, const tracks::Reason& because);

}  // namespace kordon::batch
