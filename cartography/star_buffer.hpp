#pragma once

#include <vector>

#include "geo/atlas/atlas.hpp"

namespace kordon::cartography {

/// Some places near each other, seen from an origin among them: how far all that is within a distance of any of them
/// reaches in each direction. As every place is nearer to the origin than the distance, what is within it is
/// star-shaped.
class Reach {
 public:
  static constexpr double max_radius_m = 9'000'000;

  /// How far from the origin places may lie: a plane stands in for the ellipsoid, with an error of about spread^3 over
  /// the Earth's radius squared, here up to 1 m or a quarter of the tolerance.
  static double max_spread_m(double radius_m, double tolerance_m);

  /// Of a ring that is not refined.
  static std::size_t least_samples(double radius_m, double tolerance_m);

  /// `places` is not empty and lies within `max_spread_m` of its box's middle.
  Reach(const geo::Line& places, double radius_m);

  /// Closed, counter-clockwise, its longitudes going on beyond 180 degrees where it crosses the antimeridian, closed
  /// along the pole where it goes around one. Within `tolerance_m` of the true edge, edges straight in degrees.
  [[nodiscard]] geo::Line ring(double tolerance_m) const;

 private:
  struct Offset {
    double east_m;
    double north_m;
  };
  struct Sample {
    double azimuth_deg;
    geo::LonLat place;
  };

  [[nodiscard]] Sample sample(double azimuth_deg) const;
  void refine(geo::Line& ring, const Sample& from, const Sample& to, double tolerance_m, int depth) const;

  geo::LonLat origin_;
  double radius_m_;
  std::vector<Offset> offsets_;
};

}  // namespace kordon::cartography
