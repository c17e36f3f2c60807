#pragma once

#include <vector>

#include "geo/atlas/atlas.hpp"

namespace kordon::cartography {

/// Star-shaped buffer: all that lies within a distance of any of some places, as a radius by azimuth about an origin
/// among them. The places are nearer to the origin than the distance, so the buffer is star-shaped about it.
class StarBuffer {
 public:
  static constexpr double max_radius_m = 9'000'000;

  /// How far from the origin places may lie: a plane stands in for the ellipsoid, with an error of about spread^3 over
  /// the Earth's radius squared, here up to 1 m or a quarter of the tolerance.
  static double max_spread_m(double radius_m, double tolerance_m);

  /// Samples of a ring that is not refined.
  static std::size_t least_samples(double radius_m, double tolerance_m);

  /// `places` is not empty and lies within `max_spread_m` of its box's middle.
  StarBuffer(const geo::Line& places, double radius_m);

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
