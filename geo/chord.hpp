#pragma once

#include "geo/ecef.hpp"

namespace kordon::geo {

/// Chords up to this length are turned into geodesic lengths by `geodesic_from_chord_m`, longer ones by Karney's
/// inverse.
inline constexpr double series_limit_m = 400e3;

/// Square of chord times normal curvature, at the middle of the chord from p to q and in its direction (Euler):
/// k = (t' A t) / |A x| for the unit direction t at the surface point x, which is the middle scaled up to the surface.
inline double curved_chord2(Vec3 p, Vec3 q) {
  constexpr double a2 = 1 / (wgs84_a_m * wgs84_a_m);
  constexpr double b2 = 1 / (wgs84_b_m * wgs84_b_m);
  const Vec3 d = q - p;
  const Vec3 m = 0.5 * (p + q);
  const Vec3 am{a2 * m.x, a2 * m.y, b2 * m.z};
  const double tat_c2 = a2 * (d.x * d.x + d.y * d.y) + b2 * d.z * d.z;
  const double c2 = length2(d);
  return tat_c2 * tat_c2 * dot(m, am) / (length2(am) * (c2 > 0 ? c2 : 1));
}

/// Length of the geodesic between two places on the ellipsoid: the arc of the circle that osculates at the chord's
/// middle, s = c (1 + k^2 c^2 / 24 + 3 k^4 c^4 / 640 + 5 k^6 c^6 / 7168). Against Karney's inverse the error is below
/// 1 mm to 400 km (`tests/geo/chord_test.cpp` measures it).
inline double geodesic_from_chord_m(Vec3 p, Vec3 q) {
  const double k2c2 = curved_chord2(p, q);
  return length(q - p) * (1 + k2c2 * (1.0 / 24 + k2c2 * (3.0 / 640 + k2c2 * (5.0 / 7168))));
}

/// A length that the geodesic is no shorter than, for any distance: the same circle's arc, less twice its greatest
/// error, which grows with the fifth power of the distance (2.6 cm at 1000 km, 3.1 km at 10 000 km).
inline double geodesic_at_least_m(Vec3 p, Vec3 q) {
  const double half = 0.5 * std::sqrt(curved_chord2(p, q));
  if (half >= 0.95) return length(q - p);
  const double arc_m = length(q - p) * (half > 0 ? std::asin(half) / half : 1);
  const double megametres = arc_m * 1e-6;
  const double megametres2 = megametres * megametres;
  return arc_m * (1 - 7e-8 * megametres2 * megametres2);
}

/// By how much two geodesics with chords of about this length can differ when the chords are equal, metres; at least
/// twice what the spread of the ellipsoid's curvatures (1 / 6335 km to 1 / 6400 km) gives.
inline double chord_slack_m(double chord_m) {
  const double megametres = chord_m * 1e-6;
  const double relative = 5e-5 * megametres * megametres;
  return chord_m * (relative < 0.01 ? relative : 0.01);
}

}  // namespace kordon::geo
