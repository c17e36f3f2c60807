#pragma once

#include "geo/edge_index/edges.hpp"

namespace kordon::geo::edge_index {

/// What a distance, or a target's margin, lies between all along a way, metres.
struct Bounds {
  double least_m;
  double most_m;
};

/// A short way between two places, geodesic or straight in degrees, and what its distance from an edge can be on it.
///
/// In a plane the distance of a straight way from a straight edge is convex: nowhere greater than at both ends of the
/// way, and nowhere below the tangents there, whose slopes are the cosines between the way and the direction to the
/// nearest point. On the ellipsoid it is so but for what the way and the edge bend, at most 1.1 tan(latitude) / R where
/// they are straight in degrees, and for D / R^2 at a distance D: half of that by the square of the way is allowed for.
class Way {
 public:
  Way(LonLat from, LonLat to);

  /// The distance from an edge in the range of the series. About the poles, and where an edge bends within its
  /// distance, bounds are what two places allow: a distance changes by no more than one moves.
  [[nodiscard]] Bounds distance_m(const Curve& edge) const;

 private:
  struct Tangent {
    double distance_m;
    double slope;
  };
  /// `touching`: the slope where the edge is reached.
  [[nodiscard]] Tangent tangent(const Curve& edge, Vec3 place, Vec3 up, double touching) const;
  /// By what a distance of about this may leave its tangents; infinite where they say nothing.
  [[nodiscard]] double slack_m(double distance_m) const;

  Vec3 from_, to_, up_from_, up_to_;
  Vec3 chord_;
  double length_m_;
  double latitude_deg_;  ///< the highest, north or south
};

}  // namespace kordon::geo::edge_index
