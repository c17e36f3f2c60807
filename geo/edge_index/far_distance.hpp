#pragma once

#include "geo/edge_index/ball_tree.hpp"
#include "geo/edge_index/edges.hpp"
#include "geo/edge_index/nearest.hpp"

/// Distances beyond the range of the chord series: by Karney's inverse, and lower bounds of it.
namespace kordon::geo::edge_index {

/// Geodesic distance to an edge by Karney's inverse, minimised along the edge to 1 mm, where it can be below `below_m`;
/// infinite where it cannot. The edge's chord is nearest at t.
Nearest measure_by_inverse(const Edges& edges, const Query& query, Edge edge, double t, double below_m);

/// A lower bound of the geodesic distance to everything in a ball, by the triangle inequality.
double geodesic_to_ball_at_least_m(const Query& query, const Ball& ball);

}  // namespace kordon::geo::edge_index
