#pragma once

#include <span>
#include <unordered_map>
#include <vector>

#include "geo/atlas/hash_vertex.hpp"
#include "geo/atlas/topology.hpp"

namespace kordon::geo {

/// Settings and accuracy of a region for the matching of its lines.
struct MatchedRegion {
  double accuracy_m = 0;
  double tolerance_m = 0;  ///< 0: its lines are neither moved nor moved to
  std::size_t layer = 0;
};

/// Distances that matching moved boundaries by.
struct Moves {
  std::vector<double> region_m;                             ///< by region
  std::unordered_map<LonLat, double, HashVertex> vertex_m;  ///< by vertex as it is now
};

/// Moves pieces of lines onto their neighbours' and gives both the same vertices. Of two lines the one stays that two
/// regions share already, else the one known better, else the one with more vertices. The ends of open lines stay
/// unless another line has them, too. True where anything changed: then there may be more to match.
bool match_round(std::vector<RegionLine>& lines, std::span<const MatchedRegion> regions, Moves& moves);

}  // namespace kordon::geo
