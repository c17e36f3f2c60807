#pragma once

#include <vector>

#include "geo/edge_index/coverage.hpp"
#include "geo/edge_index/edges.hpp"

namespace kordon::geo::edge_index {

struct IndexParts;

/// Splits the regions of every layer into coverages. Regions that overlap, or are not provably disjoint, are in
/// different ones: see `RegionOverlaps`.
std::vector<Coverage> split_into_coverages(const Atlas& atlas, const IndexParts& index);

/// Faces of a coverage on both sides of each boundary class.
std::vector<Faces> faces_by_class(const Coverage& coverage, const std::vector<BoundaryClass>& classes);

}  // namespace kordon::geo::edge_index
