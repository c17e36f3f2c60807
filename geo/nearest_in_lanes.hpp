#pragma once

#include "geo/sift.hpp"

namespace kordon::geo {

/// Of a list's edges, which is not empty, the nearest to the positions of each group of a leaf, at
/// `out[group * stride]`.
void find_nearest_in_lanes(const Edges& edges, const EdgeList& list, const Leaf& leaf, NearestInLanes* out,
                           std::size_t stride);

}  // namespace kordon::geo
