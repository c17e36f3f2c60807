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

/// Compiled queries of an extent, by period.
using CompiledQueries = std::expected<std::vector<evaluation::CompiledQuery>, evaluation::FieldErrors>;

/// Compiles the queries of an extent: one; of a line with times and without `at` one for each time at which a rule
/// changes on its way.
CompiledQueries compile_queries(const world::World& world, const Extent& extent, const evaluation::Members& members,
                                policy::Instant now);

/// Compiles the queries of fixes of any time: one where `at` is stated, else one for each time at which a rule changes.
CompiledQueries compile_for_all_times(const world::World& world, const evaluation::Members& members,
                                      policy::Instant now);

/// The question that each query puts, by the time from which it holds; the first one holds before, too. Regions are
/// all where they are few, else those that programs name. Points into the queries and the world.
std::vector<tracks::Period> periods_of(const world::World& world,
                                       const std::vector<evaluation::CompiledQuery>& queries);

}  // namespace kordon::batch
