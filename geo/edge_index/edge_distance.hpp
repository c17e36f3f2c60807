#pragma once

#include <algorithm>
#include <array>
#include <limits>
#include <span>

#include "geo/earth/geodesic_series.hpp"
#include "geo/edge_index/ball_tree.hpp"
#include "geo/edge_index/edges.hpp"

namespace kordon::geo::edge_index {

struct Query {
  LonLat place;
  Vec3 p;

  explicit Query(LonLat at) : place(at), p(to_ecef(at)) {}
};

inline constexpr Edge no_edge = 0xFFFFFFFF;

/// The nearest point of a target's edges. With no edge it is infinitely far.
struct Nearest {
  double distance_m = std::numeric_limits<double>::infinity();
  Edge edge = no_edge;
  double t = 0;

  /// Ties go to the lower edge, so that the order in which edges are looked at does not show.
  void offer(const Nearest& other) {
    if (other.distance_m < distance_m || (other.distance_m == distance_m && other.edge < edge)) *this = other;
  }
};

/// Geodesic distance to an edge by Karney's inverse, minimised along the edge to 1 mm, where it can be below `beat_m`;
/// an infinite one where it cannot. The edge's chord is nearest at t.
Nearest measure_by_inverse(const Edges& edges, const Query& query, Edge edge, double t, double beat_m);

/// A lower bound of the geodesic distance to everything in a ball, by the triangle inequality.
double geodesic_to_ball_at_least_m(const Query& query, const Ball& ball);

}  // namespace kordon::geo::edge_index
