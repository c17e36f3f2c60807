#pragma once

#include <algorithm>
#include <cmath>
#include <numbers>

#include "geo/atlas/atlas.hpp"

namespace kordon::geo {

/// Metres in a degree on the mean sphere: to compare with tolerances, never for answers (0.6 % off at most).
inline constexpr double metres_per_degree = 6371008.8 * std::numbers::pi / 180;

/// The nearest point of an edge.
struct Foot {
  double t = 0;           ///< along the edge, 0 to 1
  LonLat point;           ///< bit-identical to the edge's vertex where t is 0 or 1
  double distance_m = 0;  ///< from the position asked for
};

/// Distance in the plane that touches the Earth at `a`. Both lie on the same side of the antimeridian.
inline double plane_distance_m(LonLat a, LonLat b) {
  const double x = (b.lon_deg - a.lon_deg) * std::cos(a.lat_deg * std::numbers::pi / 180);
  return std::hypot(x, b.lat_deg - a.lat_deg) * metres_per_degree;
}

/// The point of the edge from `a` to `b`, straight in degrees, that is nearest to `p`.
inline Foot foot_on(LonLat p, LonLat a, LonLat b) {
  const double shrink = std::cos(p.lat_deg * std::numbers::pi / 180);
  const double x = (b.lon_deg - a.lon_deg) * shrink;
  const double y = b.lat_deg - a.lat_deg;
  const double length2 = x * x + y * y;
  const double along = (p.lon_deg - a.lon_deg) * shrink * x + (p.lat_deg - a.lat_deg) * y;
  const double t = length2 > 0 ? std::clamp(along / length2, 0.0, 1.0) : 0.0;
  LonLat point{a.lon_deg + t * (b.lon_deg - a.lon_deg), a.lat_deg + t * (b.lat_deg - a.lat_deg)};
  if (t == 0) point = a;
  if (t == 1) point = b;
  return {t, point, plane_distance_m(p, point)};
}

}  // namespace kordon::geo
