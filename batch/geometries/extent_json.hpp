#pragma once

#include "batch/geometries/extent_answer.hpp"
#include "text/json_writer.hpp"
#include "world/world.hpp"

namespace kordon::batch {

/// Writes all members of an extent's answer. Of a line: `length_m`, `duration_s`, `totals`, `intervals`, `crossings`,
/// `regions`, `gaps`; of an area: `area_m2`, `verdicts` with their shares and margins, and `shares` of the only
/// activity. Then `warnings`. Metres to the millimetre, degrees to 1e-8, seconds to the millisecond, shares to 1e-8.
void write_extent(text::JsonWriter& out, const world::World& world, const ExtentAnswer& answer);

/// The members of one interval and of one crossing of it.
void write_interval_members(text::JsonWriter& out, const tracks::Interval& interval, const policy::Program& program,
                            bool timed);
void write_crossing_members(text::JsonWriter& out, const tracks::Crossing& crossing);

}  // namespace kordon::batch
