#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "api/evaluate_request.hpp"
#include "config/world.hpp"
#include "policy/evaluate.hpp"
#include "scoring/evaluate.hpp"

namespace kordon::api {

/// Positions by column.
struct Places {
  std::vector<double> lon_deg, lat_deg, accuracy_m;
};

/// What a flat answer says, by column: one entry for each position.
struct Scores {
  std::vector<policy::Verdict> verdict;  ///< of the first program of the row's terms
  std::vector<double> margin_m;
  std::vector<double> distance_m;  ///< to the nearest border section; infinite where there is none
  std::vector<geo::LonLat> nearest;
  std::vector<std::uint32_t> inside;       ///< regions that hold the positions, one position after the other
  std::vector<std::uint32_t> inside_ends;  ///< position i has [inside_ends[i-1], inside_ends[i]) of them

  /// What all this was made from; room that is used again.
  struct Columns {
    Places places;
    scoring::Distances distances;
  } columns;
};

/// Evaluates all positions, each under its own terms. The spans have equal length.
void score(const config::World& world, std::span<const geo::Position> positions, std::span<const Terms* const> terms,
           Scores& out);

/// Fills the columns with numbers that mean nothing but have as many digits, to measure all the rest.
void score_nothing(std::span<const geo::Position> positions, Scores& out);

}  // namespace kordon::api
