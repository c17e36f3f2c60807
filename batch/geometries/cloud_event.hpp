#pragma once

#include <string>
#include <string_view>

#include "batch/fixes.hpp"
#include "tracks/watch.hpp"
#include "world/world.hpp"

namespace kordon::batch {

/// Appends an event of an object as one line of CloudEvents 1.0 JSON. Its `id` is the object's and the event's number
/// among the object's, so that the same fixes give the same bytes.
void append_cloud_event(std::string& out, const world::World& world, const tracks::Question& question,
                        std::string_view object, std::uint64_t number, const tracks::WatchEvent& event);

/// Appends an event for a row that is no fix, or is not taken: its errors.
void append_error_event(std::string& out, const FixRow& row);

}  // namespace kordon::batch
