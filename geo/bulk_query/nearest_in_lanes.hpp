#pragma once

#include "geo/bulk_query/prune.hpp"
#include "geo/bulk_query/target_distance.hpp"

namespace kordon::geo::bulk_query {

/// Finds the nearest edge of a list, which is not empty, to each position of a query block: those of a group at
/// `out[group * stride]`.
void find_nearest_in_lanes(const edge_index::Edges& edges, const EdgeList& list, const QueryBlock& queries,
                           NearestInLanes* out, std::size_t stride);

}  // namespace kordon::geo::bulk_query
