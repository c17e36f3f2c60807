#pragma once

#include <expected>
#include <string>

#include "batch/geometries/extent.hpp"
#include "evaluation/member.hpp"
#include "policy/instant.hpp"
#include "world/world.hpp"

namespace kordon::batch {

/// The members of the answer to a line or an area; see `write_track` and `write_area`. `members` are the row's own and
/// the shared ones. Without `at` a line with times is judged by the rules in force at its own times.
std::expected<std::string, evaluation::FieldErrors> answer_extent(const world::World& world, const Extent& extent,
                                                                  const evaluation::Members& members, double accuracy_m,
                                                                  policy::Instant now);

}  // namespace kordon::batch
