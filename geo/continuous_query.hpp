#pragma once

#include "geo/edge_index/nearby_edges.hpp"
#include "geo/index.hpp"

namespace kordon::geo {

/// The continuous nearest-edge query of an index, which must outlive it: for places along a line, or all over a cell.
/// See edge_index::NearbyEdges.
edge_index::NearbyEdges continuous_query(const Index& index, std::span<const Target> targets);

}  // namespace kordon::geo
