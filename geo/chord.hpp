#pragma once

#include "geo/ecef.hpp"

namespace kordon::geo {

/// Chords up to about this length are turned into geodesic lengths by `geodesic_from_chord_m`, longer ones by Karney's
/// inverse.
inline constexpr double series_limit_m = 400e3;
/// The nearest edge is found by the series if the shortest chord is no longer than this, which leaves room for the
/// slack (3.2 m there).
inline constexpr double series_chord_m = series_limit_m - 10;

/// Square of chord times normal curvature, for the chord from p to p + d, at its middle and in its direction (Euler):
/// k = (t' A t) / |A x| for the unit direction t at the surface point x, which is the middle scaled up to the surface.
template <typename R>
KORDON_INLINE R curved_chord2(const Vector<R>& p, const Vector<R>& d) {
  constexpr double a2 = 1 / (wgs84_a_m * wgs84_a_m);
  constexpr double b2 = 1 / (wgs84_b_m * wgs84_b_m);
  const Vector<R> m{p.x + 0.5 * d.x, p.y + 0.5 * d.y, p.z + 0.5 * d.z};
  const Vector<R> am{a2 * m.x, a2 * m.y, b2 * m.z};
  const R tat_c2 = a2 * (d.x * d.x + d.y * d.y) + b2 * (d.z * d.z);
  const R c2 = length2(d);
  return tat_c2 * tat_c2 * dot(m, am) / (length2(am) * pick(c2 > 0, c2, c2 + 1.0));
}

/// Length of the geodesic between two places on the ellipsoid, p and p + d: the arc of the circle that osculates at the
/// chord's middle, s = c (1 + k^2 c^2 / 24 + 3 k^4 c^4 / 640 + 5 k^6 c^6 / 7168). Against Karney's inverse the error is
/// below 1 mm to 400 km (`tests/geo/chord_test.cpp` measures it).
template <typename R>
KORDON_INLINE R geodesic_from_chord_m(const Vector<R>& p, const Vector<R>& d) {
  const R k2c2 = curved_chord2(p, d);
  return length(d) * (1 + k2c2 * (1.0 / 24 + k2c2 * (3.0 / 640 + k2c2 * (5.0 / 7168))));
}

/// A length that the geodesic is no shorter than, for any distance: the same circle's arc, less twice its greatest
/// error, which grows with the fifth power of the distance (2.6 cm at 1000 km, 3.1 km at 10 000 km).
inline double geodesic_at_least_m(Vec3 p, Vec3 d) {
  const double half = 0.5 * std::sqrt(curved_chord2(p, d));
  if (half >= 0.95) return length(d);
  const double arc_m = length(d) * (half > 0 ? std::asin(half) / half : 1);
  const double megametres = arc_m * 1e-6;
  const double megametres2 = megametres * megametres;
  return arc_m * (1 - 7e-8 * megametres2 * megametres2);
}

/// By how much two geodesics with chords of about this length can differ when the chords are equal, metres; at least
/// twice what the spread of the ellipsoid's curvatures (1 / 6335 km to 1 / 6400 km) gives.
template <typename R>
KORDON_INLINE R chord_slack_m(const R& chord_m) {
  const R relative = 5e-17 * (chord_m * chord_m);
  return chord_m * pick(relative < 0.01, relative, relative * 0.0 + 0.01) + 1e-9;
}

}  // namespace kordon::geo
