#pragma once

#include <functional>

#include "geo/edge_index/edges.hpp"

namespace kordon::geo::edge_index {

/// Calls `found(a, b)` for two edges of different boundary classes that cross, or come within 2 mm of each other other
/// than at a vertex that they share; of two classes at least once, for what `asked(class_a, class_b)` still wants to
/// know. A quadtree over longitude and latitude; one thread.
void find_close_edges(const Edges& edges, const std::function<bool(std::uint32_t, std::uint32_t)>& asked,
                      const std::function<void(Edge, Edge)>& found);

}  // namespace kordon::geo::edge_index
