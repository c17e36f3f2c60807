#pragma once

#include <span>
#include <unordered_set>

#include "geo/atlas/edge_grid.hpp"
#include "geo/atlas/match_round.hpp"

namespace kordon::geo {

/// A part of a ring that may have to be matched: vertices `first` to `last`, both included.
struct Stretch {
  std::size_t region;
  std::size_t ring;
  std::size_t first;
  std::size_t last;
  bool whole;  ///< the ring from its first vertex to its last
};

/// Cells, and how large they are.
struct Cells {
  CellSize size;
  std::unordered_set<Cell> cells;

  /// True where a sample of the edge lies in one of them.
  [[nodiscard]] bool contain(LonLat from, LonLat to) const;
};

/// The cells where an arc with regions on one side only lies within `distance_m` of an arc of other regions.
Cells unshared_near_others(const std::vector<Arc>& arcs, double distance_m);

/// Every edge that lies near an edge of another region, one of the two unshared, where both layers are matched; and
/// some more. Artificial edges along the antimeridian and at the poles are in none. By region, ring and vertex.
std::vector<Stretch> find_stretches(const std::vector<Region>& regions, std::span<const MatchedRegion> settings);

}  // namespace kordon::geo
