#pragma once

#include <string>
#include <vector>

#include "areas/shares.hpp"
#include "text/json_writer.hpp"
#include "tracks/track.hpp"
#include "world/world.hpp"

namespace kordon::batch {

/// The members of a line's answer: `length_m`, `duration_s`, `intervals`, `crossings`, `regions`, `gaps`.
void write_track(text::JsonWriter& out, const world::World& world, const tracks::TrackAnswer& answer,
                 const std::vector<const policy::Program*>& programs);

/// The members of an area's answer: `area_m2`, `verdicts` with their shares and margins, and `shares` of the only
/// program.
void write_area(text::JsonWriter& out, const areas::AreaAnswer& answer,
                const std::vector<const policy::Program*>& programs);

}  // namespace kordon::batch
