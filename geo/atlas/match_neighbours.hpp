#pragma once

#include <span>

#include "geo/atlas/match_round.hpp"

namespace kordon::geo {

/// Makes a coverage of regions whose common lines differ: by a vertex that only one side has, by rounding, by gaps and
/// overlaps up to the tolerance of their layers. Pieces of boundary that run within it are moved onto the neighbour's
/// line, vertex for vertex (`match_round`), so that `derive_topology` finds them shared. Lines that are shared already
/// and lines without a neighbour keep every vertex.
///
/// What was moved, and how far, is in the result; regions that changed may have become invalid where several lines lie
/// within the tolerance of each other. Time is near-linear: only what is near an unshared line of another region is
/// looked at (`find_stretches`).
struct Matching {
  Moves moves;
  std::vector<bool> changed;  ///< by region
};
Matching match_neighbours(std::vector<Region>& regions, std::span<const MatchedRegion> settings);

}  // namespace kordon::geo
