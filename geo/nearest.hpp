#pragma once

#include <limits>

#include "geo/blocks.hpp"
#include "geo/chord.hpp"
#include "geo/edges.hpp"

namespace kordon::geo {

struct Query {
  LonLat place;
  Vec3 p;

  explicit Query(LonLat at) : place(at), p(to_ecef(at)) {}
  Query(LonLat at, Vec3 ecef) : place(at), p(ecef) {}
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

/// The edge with the shortest chord.
struct NearestChord {
  double chord2_m2 = std::numeric_limits<double>::infinity();
  Edge edge = no_edge;
  double t = 0;

  void offer(Edge i, OnEdge on) {
    if (on.chord2_m2 < chord2_m2 || (on.chord2_m2 == chord2_m2 && i < edge)) *this = {on.chord2_m2, i, on.t};
  }
};

/// Up to here the edge with the shortest chord is taken for the nearest one: the ellipsoid's curvatures, which differ
/// by direction, can make another one nearer by 1.4 mm at most.
inline constexpr double chord_order_limit_m = 40e3;

/// Geodesic distance to the point of an edge whose chord is shortest: right to 1 mm up to `series_limit_m`.
inline Nearest measure_by_chord(const Edges& edges, const Query& query, Edge edge, double t) {
  return {geodesic_from_chord_m(query.p, edges.at(edge, t)), edge, t};
}

/// Geodesic distance to an edge by Karney's inverse, minimised along the edge to 1 mm, where it can be below `beat_m`;
/// an infinite one where it cannot.
Nearest measure_by_inverse(const Edges& edges, const Query& query, Edge edge, double t, double beat_m);

/// Beyond this chord the Earth's other side focuses: thousands of edges are within the slack, and balls are ruled out
/// by their geodesic distance instead.
inline constexpr double antipodal_chord_m = 11e6;

/// A lower bound of the geodesic distance to everything in a ball, by one inverse and the triangle inequality.
double geodesic_to_ball_at_least_m(const Query& query, const Ball& ball);

/// The geodesically nearest edge. `scan(at_least_m, limit_m, visit)` must call `visit(edge)` for every edge of a ball
/// with `at_least_m(ball) <= limit_m()`; the limit shrinks while it runs.
template <typename Scan>
Nearest find_nearest(const Edges& edges, const Query& query, Scan&& scan) {
  const auto chord_at_least_m = [&](const Ball& ball) { return ball.distance_m(query.p) - double{ball.radius_m}; };
  NearestChord best;
  scan(
      chord_at_least_m, [&] { return std::sqrt(best.chord2_m2); },
      [&](Edge i) { best.offer(i, nearest_on_edge(edges, i, query.p)); });
  if (best.edge == no_edge) return {};
  const double chord_m = std::sqrt(best.chord2_m2);
  if (chord_m <= chord_order_limit_m) return measure_by_chord(edges, query, best.edge, best.t);
  const double limit_m = chord_m + chord_slack_m(chord_m);
  const bool near = limit_m <= series_limit_m;
  Nearest nearest;
  const auto weigh = [&](Edge i, double t) {
    nearest.offer(near ? measure_by_chord(edges, query, i, t)
                       : measure_by_inverse(edges, query, i, t, nearest.distance_m));
  };
  weigh(best.edge, best.t);
  const auto visit = [&](Edge i) {
    const auto on = nearest_on_edge(edges, i, query.p);
    if (i != best.edge && on.chord2_m2 <= limit_m * limit_m) weigh(i, on.t);
  };
  if (chord_m < antipodal_chord_m) {
    scan(chord_at_least_m, [&] { return limit_m; }, visit);
  } else {
    scan([&](const Ball& ball) { return geodesic_to_ball_at_least_m(query, ball); }, [&] { return nearest.distance_m; },
         visit);
  }
  return nearest;
}

}  // namespace kordon::geo
