#pragma once

#include "geo/bulk_query/prune.hpp"
#include "geo/bulk_query/target_distance.hpp"

namespace kordon::geo::bulk_query {

/// Of a list's edges, which is not empty, the nearest to the positions of each group of a query block, at
/// `out[group * stride]`.
void find_nearest_in_lanes(const edge_index::Edges& edges, const EdgeList& list, const QueryBlock& queries,
                           NearestInLanes* out, std::size_t stride);

}  // namespace kordon::geo::bulk_query
