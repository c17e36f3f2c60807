#pragma once

#include <expected>
#include <vector>

#include "batch/geometries/extent.hpp"
#include "evaluation/evaluate_request.hpp"
#include "evaluation/member.hpp"
#include "policy/instant.hpp"
#include "tracks/track.hpp"
#include "world/world.hpp"

namespace kordon::batch {

using Terms = std::expected<std::vector<evaluation::CompiledQuery>, evaluation::FieldErrors>;

/// What is asked of an extent: once; of a line with times and without `at` once for each time at which a rule changes
/// on its way.
Terms compile_terms(const world::World& world, const Extent& extent, const evaluation::Members& members,
                    policy::Instant now);

/// What is asked of fixes of any time; once where `at` is stated.
Terms compile_all_terms(const world::World& world, const evaluation::Members& members, policy::Instant now);

/// The question that terms put, by the time from which they hold; the first ones hold before, too. Regions are all
/// where they are few, else those that programs name. Points into the terms and the world.
std::vector<tracks::Period> periods_of(const world::World& world, const std::vector<evaluation::CompiledQuery>& terms);

}  // namespace kordon::batch
