#pragma once

#include <functional>

#include "geo/edge_index/edges.hpp"

namespace kordon::geo::edge_index {

/// Calls `found(a, b)` for edges of different boundary classes that cross, or come within 2 mm of each other elsewhere
/// than at a vertex that they share: at least once for two classes, as long as `wanted(class_a, class_b)`. A quadtree
/// over longitude and latitude; one thread.
void find_close_edges(const Edges& edges, const std::function<bool(std::uint32_t, std::uint32_t)>& wanted,
                      const std::function<void(Edge, Edge)>& found);

}  // namespace kordon::geo::edge_index
