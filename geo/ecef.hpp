#pragma once

#include <cmath>
#include <numbers>

#include "geo/lanes.hpp"
#include "geo/position.hpp"

namespace kordon::geo {

/// WGS 84: semi-major axis in metres and flattening (NGA.STND.0036).
inline constexpr double wgs84_a_m = 6378137.0;
inline constexpr double wgs84_f = 1 / 298.257223563;
inline constexpr double wgs84_e2 = wgs84_f * (2 - wgs84_f);
inline constexpr double wgs84_b_m = wgs84_a_m * (1 - wgs84_f);

/// Earth-centred, Earth-fixed coordinates, metres: of one point, or of a point in each lane.
template <typename R>
struct alignas(sizeof(R)) Vector {
  R x{};
  R y{};
  R z{};

  friend bool operator==(const Vector&, const Vector&) = default;
};

using Vec3 = Vector<double>;

template <typename A, typename B>
KORDON_INLINE auto operator+(const Vector<A>& a, const Vector<B>& b) {
  return Vector<decltype(a.x + b.x)>{a.x + b.x, a.y + b.y, a.z + b.z};
}
template <typename A, typename B>
KORDON_INLINE auto operator-(const Vector<A>& a, const Vector<B>& b) {
  return Vector<decltype(a.x - b.x)>{a.x - b.x, a.y - b.y, a.z - b.z};
}
template <typename A, typename B>
KORDON_INLINE auto operator*(const A& k, const Vector<B>& a) {
  return Vector<decltype(k * a.x)>{k * a.x, k * a.y, k * a.z};
}
template <typename A, typename B>
KORDON_INLINE auto dot(const Vector<A>& a, const Vector<B>& b) {
  return a.x * b.x + a.y * b.y + a.z * b.z;
}
template <typename A, typename B>
KORDON_INLINE auto cross(const Vector<A>& a, const Vector<B>& b) {
  return Vector<decltype(a.x * b.x)>{a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}
template <typename R>
KORDON_INLINE R length2(const Vector<R>& a) {
  return dot(a, a);
}
template <typename R>
KORDON_INLINE R length(const Vector<R>& a) {
  return root(length2(a));
}

template <typename R>
struct SinCos {
  R sin;
  R cos;
};

/// Sine and cosine of an angle in degrees, |angle| <= 720, error below 2e-16; exact at multiples of 90 degrees.
/// Minimax polynomials of fdlibm's __kernel_sin and __kernel_cos (Sun Microsystems, 1993).
template <typename R>
KORDON_INLINE SinCos<R> sincos_deg(const R& angle_deg) {
  // Adding and taking away 1.5 * 2^52 rounds to the nearest integer, and leaves it in the low bits.
  constexpr double round_magic = 6755399441055744.0;
  const R turns = angle_deg * (1.0 / 90.0) + round_magic;
  const R x = (angle_deg - 90.0 * (turns - round_magic)) * (std::numbers::pi / 180.0);
  const R z = x * x;
  const R s = x + x * z *
                      (-1.66666666666666324348e-01 +
                       z * (8.33333333332248946124e-03 +
                            z * (-1.98412698298579493134e-04 +
                                 z * (2.75573137070700676789e-06 +
                                      z * (-2.50507602534068634195e-08 + z * 1.58969099521155010221e-10)))));
  const R c =
      1.0 - (0.5 * z - z * z *
                           (4.16666666666666019037e-02 +
                            z * (-1.38888888888741095749e-03 +
                                 z * (2.48015872894767294178e-05 +
                                      z * (-2.75573143513906633035e-07 +
                                           z * (2.08757232129817482790e-09 + z * -1.13596475577881948265e-11))))));
  const auto quarter = bits_of(turns);
  const R first = pick((quarter & 1) != 0, c, s);
  const R second = pick((quarter & 1) != 0, -s, c);
  return {pick((quarter & 2) != 0, -first, first), pick((quarter & 2) != 0, -second, second)};
}

/// The place on the ellipsoid's surface.
template <typename R>
KORDON_INLINE Vector<R> to_ecef(const R& lon_deg, const R& lat_deg) {
  const auto lon = sincos_deg(lon_deg);
  const auto lat = sincos_deg(lat_deg);
  const R n = wgs84_a_m / root(1.0 - wgs84_e2 * lat.sin * lat.sin);
  return {n * lat.cos * lon.cos, n * lat.cos * lon.sin, n * (1 - wgs84_e2) * lat.sin};
}
inline Vec3 to_ecef(LonLat place) { return to_ecef(place.lon_deg, place.lat_deg); }

/// Direction of the outward normal at a place on or near the surface; not of unit length.
inline Vec3 normal_at(Vec3 p) {
  constexpr double k = (wgs84_a_m * wgs84_a_m) / (wgs84_b_m * wgs84_b_m);
  return {p.x, p.y, k * p.z};
}

}  // namespace kordon::geo
