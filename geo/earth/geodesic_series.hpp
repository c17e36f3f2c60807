#pragma once

#include <algorithm>
#include <cmath>

#include "geo/earth/ecef.hpp"

namespace kordon::geo {

/// Chords up to about this length are turned into geodesic lengths by `geodesic_from_chord_m`, longer ones by Karney's
/// inverse.
inline constexpr double max_series_range_m = 2000e3;
/// Longest shortest chord that the series answer for: the range less the slack, which is 400 m at most.
inline constexpr double max_series_chord_m = max_series_range_m - 1000;
/// Up to this length a chord's geodesic is the arc of a circle, to 0.03 mm.
inline constexpr double max_arc_m = 250e3;

/// Length of the geodesic between two places on the ellipsoid, p and p + d: the arc of the circle that osculates at the
/// chord's middle in its direction, s = c (1 + k^2 c^2 / 24 + 3 k^4 c^4 / 640 + 5 k^6 c^6 / 7168). By Euler's formula
/// the normal curvature k is t' A t / |A x| for the unit direction t at the surface point x; with the second
/// eccentricity e' that is k^2 = (1 + e'^2 t_z^2)^2 / (a^2 (1 + e'^2 x_z^2 / b^2)). To `max_arc_m`.
KORDON_INLINE double short_geodesic_from_chord_m(Vec3 p, Vec3 d) {
  constexpr double ep2 = wgs84_e2 / (1 - wgs84_e2);
  const double c2 = length2(d);
  const double angle2 = c2 * (1 / (wgs84_a_m * wgs84_a_m));
  const double steep = 1 + ep2 * (d.z * d.z / (c2 > 0 ? c2 : 1.0));
  // The middle lies below the surface by a share of angle2 / 8.
  const double z = p.z + 0.5 * d.z;
  const double flat = z * z * (ep2 / (wgs84_b_m * wgs84_b_m)) * (1 + 0.25 * angle2);
  const double k2c2 = angle2 * (steep * steep) * (1 - flat * (1 - flat));
  return root(c2) * (1 + k2c2 * (1.0 / 24 + k2c2 * (3.0 / 640 + k2c2 * (5.0 / 7168))));
}

/// Length of the geodesic to `max_series_range_m`: the series with the change of curvature along the way, to first
/// order in the flattening it is (1 + 2 f t_z^2 - f x_z^2) / a at a unit sphere's point x in the direction t, whose
/// second derivative shortens the arc by f c^5 (t_z^2 - x_z^2) / (80 a^4). The terms of higher order are fitted to
/// Karney's inverse; the error is below 0.3 mm then (`tests/geo/geodesic_series_test.cpp` measures it).
KORDON_INLINE double long_geodesic_from_chord_m(Vec3 p, Vec3 d) {
  constexpr double ep2 = wgs84_e2 / (1 - wgs84_e2);
  const double c2 = length2(d);
  const double angle2 = c2 * (1 / (wgs84_a_m * wgs84_a_m));
  const double along2 = d.z * d.z / (c2 > 0 ? c2 : 1.0);
  const double steep = 1 + ep2 * along2;
  const double z = p.z + 0.5 * d.z;
  const double height2 = z * z * (1 / (wgs84_b_m * wgs84_b_m)) * (1 + 0.25 * angle2);
  const double flat = ep2 * height2;
  const double x = angle2 * (steep * steep) * (1 - flat * (1 - flat));
  const double arc =
      1 + x * (1.0 / 24 + x * (3.0 / 640 + x * (5.0 / 7168 + x * (35.0 / 294912 + x * (63.0 / 2883584)))));
  const double first = 0.012556433409436246 * along2 - 0.012481756396144586 * height2;
  const double second = 0.003651067237868935 * along2 + 0.0013878936106912622 * height2;
  const double squares = along2 * (0.0002530686976064151 * along2 - 0.00044302578047049693 * height2) +
                         0.00016607908471596885 * (height2 * height2);
  return root(c2) * (arc - wgs84_f * (angle2 * angle2) * (first + squares + angle2 * second));
}

inline double geodesic_from_chord_m(Vec3 p, Vec3 d) {
  return length2(d) > max_arc_m * max_arc_m ? long_geodesic_from_chord_m(p, d) : short_geodesic_from_chord_m(p, d);
}

/// A length that the geodesic between two points of the ellipsoid is no shorter than. With s the angle between them on
/// the auxiliary sphere, Lambert's formula, of first order in the flattening, exceeds the geodesic by at most about
/// 1.7 s^3 m (18 cm at 3000 km) to 2.5 s^3 m (10 m at 10 000 km), and by more towards the antipode; about twice that is
/// taken off (`tests/geo/geodesic_series_test.cpp`). Never less than the lengths that the sphere's own shrinks to.
inline double geodesic_at_least_m(Vec3 p, Vec3 q) {
  const Vec3 on_p{p.x / wgs84_a_m, p.y / wgs84_a_m, p.z / wgs84_b_m};
  const Vec3 on_q{q.x / wgs84_a_m, q.y / wgs84_a_m, q.z / wgs84_b_m};
  const double sin2 = std::min(length2(on_q - on_p) / 4, 1.0);  // of half the angle
  const double cos2 = 1 - sin2;
  const double angle = 2 * std::asin(std::sqrt(sin2));
  const double least_m = wgs84_b_m * angle;
  if (sin2 == 0 || cos2 == 0) return least_m;
  const double sine = 2 * std::sqrt(sin2 * cos2);
  const double sum = on_p.z + on_q.z;
  const double difference = on_q.z - on_p.z;
  const double flat = (angle - sine) * sum * sum / cos2 + (angle + sine) * difference * difference / sin2;
  const double lambert_m = wgs84_a_m * (angle - wgs84_f / 8 * flat);
  return std::max(least_m, lambert_m - 3 * angle * angle * angle / std::sqrt(cos2) - 1e-3);
}

/// By how much two geodesics with chords of about this length can differ when the chords are equal, metres; at least
/// twice what the spread of the ellipsoid's curvatures (1 / 6335 km to 1 / 6400 km) gives.
template <typename T>
KORDON_INLINE T chord_slack_m(T chord_m) {
  const T relative = T(5e-17) * (chord_m * chord_m);
  return chord_m * lesser(relative, T(0.01)) + T(1e-9);
}

}  // namespace kordon::geo
