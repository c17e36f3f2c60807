#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "batch/measure.hpp"
#include "evaluation/evaluate_request.hpp"
#include "policy/evaluate_columns.hpp"
#include "world/world.hpp"

namespace kordon::batch {

/// Scores of a block: the flat answers by column, one entry for each position.
struct Scores {
  std::size_t first = 0;                 ///< the position of the first entry
  bool has_verdicts = false;             ///< else the next two mean nothing: no policy is loaded
  std::vector<policy::Verdict> verdict;  ///< of the first program of the row's query
  std::vector<double> margin_m;
  std::vector<double> distance_m;  ///< to the nearest border section; infinite where there is none
  std::vector<geo::LonLat> nearest;
  std::vector<std::uint32_t> inside;       ///< regions that hold the positions, one position after the other
  std::vector<std::uint32_t> inside_ends;  ///< entry i has [inside_ends[i-1], inside_ends[i]) of them

  NearDistances distances;  ///< that all this is made from; reused

  [[nodiscard]] std::size_t size() const { return verdict.size(); }
};

/// Scores all positions: the flat evaluation, each under its own query, which are as many. Calls `take` when `out` has
/// a block of them, in order, a few thousand at a time, so that they are in the processor's cache still.
void score(const world::World& world, const Positions& positions,
           std::span<const evaluation::CompiledQuery* const> queries, Scores& out, const std::function<void()>& take);

/// Fills scores with numbers that mean nothing and have as many digits, to measure the time of all the rest.
void score_nothing(const Positions& positions, Scores& out, const std::function<void()>& take);

/// Verdicts and margins alone, from measured distances, of all rows, each under its own query; rows that follow each
/// other and share one are evaluated together. No accuracies: all are 0.
void evaluate_rows(const world::World& world, const NearDistances& distances, std::span<const double> accuracy_m,
                   std::span<const evaluation::CompiledQuery* const> queries, const policy::OutcomeColumns& out);

/// The regions that hold a position, ascending.
void list_regions(const NearDistances& distances, std::size_t row, std::vector<std::uint32_t>& out);

/// The targets that the programs behind verdicts read, of the queries of some rows; ascending, distinct.
std::vector<geo::Target> targets_of(std::span<const evaluation::CompiledQuery* const> queries);

}  // namespace kordon::batch
