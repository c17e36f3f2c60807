#pragma once

#include <numbers>

#include "geo/earth/position.hpp"
#include "geo/simd/lanes.hpp"

namespace kordon::geo {

/// WGS 84: semi-major axis in metres and flattening (NGA.STND.0036).
inline constexpr double wgs84_a_m = 6378137.0;
inline constexpr double wgs84_f = 1 / 298.257223563;
inline constexpr double wgs84_e2 = wgs84_f * (2 - wgs84_f);
inline constexpr double wgs84_b_m = wgs84_a_m * (1 - wgs84_f);

/// Earth-centred, Earth-fixed coordinates, metres.
struct Vec3 {
  double x = 0;
  double y = 0;
  double z = 0;

  friend bool operator==(const Vec3&, const Vec3&) = default;
};

KORDON_INLINE Vec3 operator+(Vec3 a, Vec3 b) { return {a.x + b.x, a.y + b.y, a.z + b.z}; }
KORDON_INLINE Vec3 operator-(Vec3 a, Vec3 b) { return {a.x - b.x, a.y - b.y, a.z - b.z}; }
KORDON_INLINE Vec3 operator*(double k, Vec3 a) { return {k * a.x, k * a.y, k * a.z}; }
KORDON_INLINE double dot(Vec3 a, Vec3 b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
KORDON_INLINE Vec3 cross(Vec3 a, Vec3 b) {
  return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}
KORDON_INLINE double length2(Vec3 a) { return dot(a, a); }
KORDON_INLINE double length(Vec3 a) { return root(length2(a)); }

/// A point in each lane.
struct Vec3Lanes {
  Lanes x, y, z;

  KORDON_INLINE Vec3 operator[](std::size_t i) const { return {x[i], y[i], z[i]}; }
  KORDON_INLINE void set(std::size_t i, Vec3 p) { x[i] = p.x, y[i] = p.y, z[i] = p.z; }
  KORDON_INLINE void fill(Vec3 p) { x.fill(p.x), y.fill(p.y), z.fill(p.z); }
};

struct SinCos {
  double sin;
  double cos;
};

/// Sine and cosine of an angle in degrees, |angle| <= 720, error below 2e-16; exact at multiples of 90 degrees.
/// Minimax polynomials of fdlibm's __kernel_sin and __kernel_cos (Sun Microsystems, 1993).
KORDON_INLINE SinCos sincos_deg(double angle_deg) {
  // Adding and taking away 1.5 * 2^52 rounds to the nearest integer, and leaves it in the low bits.
  constexpr double round_magic = 6755399441055744.0;
  const double turns = angle_deg * (1.0 / 90.0) + round_magic;
  const double x = (angle_deg - 90.0 * (turns - round_magic)) * (std::numbers::pi / 180.0);
  const double z = x * x;
  const double s = x + x * z *
                           (-1.66666666666666324348e-01 +
                            z * (8.33333333332248946124e-03 +
                                 z * (-1.98412698298579493134e-04 +
                                      z * (2.75573137070700676789e-06 +
                                           z * (-2.50507602534068634195e-08 + z * 1.58969099521155010221e-10)))));
  const double c =
      1.0 - (0.5 * z - z * z *
                           (4.16666666666666019037e-02 +
                            z * (-1.38888888888741095749e-03 +
                                 z * (2.48015872894767294178e-05 +
                                      z * (-2.75573143513906633035e-07 +
                                           z * (2.08757232129817482790e-09 + z * -1.13596475577881948265e-11))))));
  const auto quarter = std::bit_cast<std::int64_t>(turns);
  const double first = (quarter & 1) != 0 ? c : s;
  const double second = (quarter & 1) != 0 ? -s : c;
  return {(quarter & 2) != 0 ? -first : first, (quarter & 2) != 0 ? -second : second};
}

/// The place on the ellipsoid's surface.
KORDON_INLINE Vec3 to_ecef(double lon_deg, double lat_deg) {
  const auto lon = sincos_deg(lon_deg);
  const auto lat = sincos_deg(lat_deg);
  const double n = wgs84_a_m / root(1.0 - wgs84_e2 * lat.sin * lat.sin);
  return {n * lat.cos * lon.cos, n * lat.cos * lon.sin, n * (1 - wgs84_e2) * lat.sin};
}
inline Vec3 to_ecef(LonLat place) { return to_ecef(place.lon_deg, place.lat_deg); }

/// Direction of the outward normal at a place on or near the surface; not of unit length.
KORDON_INLINE Vec3 normal_at(Vec3 p) {
  constexpr double k = (wgs84_a_m * wgs84_a_m) / (wgs84_b_m * wgs84_b_m);
  return {p.x, p.y, k * p.z};
}

}  // namespace kordon::geo
