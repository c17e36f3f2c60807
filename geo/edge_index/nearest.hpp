#pragma once

#include <limits>

#include "geo/earth/ecef.hpp"
#include "geo/edge_index/edges.hpp"

namespace kordon::geo::edge_index {

/// A position that edges are searched for, in degrees and in space.
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

}  // namespace kordon::geo::edge_index
