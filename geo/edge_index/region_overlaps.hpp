#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "geo/edge_index/index_parts.hpp"

namespace kordon::geo::edge_index {

/// Pairs of regions of one layer whose interiors are not provably disjoint, both ways round, ascending.
///
/// In a coverage the nearest edge has to tell the region, which takes disjoint regions: no two edges of them cross or
/// come within 2 mm of each other, unless they share a vertex or all of their length, and no piece of one's boundary
/// lies in the other. Undecided pairs count as overlaps, which costs time and no correctness.
class RegionOverlaps {
 public:
  RegionOverlaps(const Atlas& atlas, const IndexParts& index);

  [[nodiscard]] bool has(Target a, Target b) const;
  /// With how many others a region overlaps.
  [[nodiscard]] std::size_t count(Target region) const { return of_[region].size(); }

 private:
  std::vector<std::vector<Target>> of_;  ///< by region
};

}  // namespace kordon::geo::edge_index
