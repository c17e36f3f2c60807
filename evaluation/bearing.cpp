#include "evaluation/bearing.hpp"

#include <cmath>
#include <cstdint>
#include <numbers>

#include "geo/earth/geodesic.hpp"

namespace kordon::evaluation {
namespace {

// WGS 84.
constexpr double radius_m = 6378137;
constexpr double flattening = 1 / 298.257223563;
constexpr double e2 = flattening * (2 - flattening);  // first eccentricity, squared
constexpr double ep2 = e2 / (1 - e2);                 // second eccentricity, squared

// Between these the formula is good to 6e-8 degrees: below, what rounding leaves of a difference of coordinates grows;
// above, what is left of the series.
constexpr double least_m = 100;
constexpr double most_m = 400e3;
constexpr double error_deg = 3e-7;

constexpr double radians(double deg) { return deg * (std::numbers::pi / 180); }

/// By the plane that holds the normal at `from` and the point `to`, less the angle between it and the geodesic: the
/// first terms of a series in the distance, found by a fit to Karney's inverse.
double bearing_by_plane_deg(geo::LonLat from, geo::LonLat to, double distance_m) {
  const double sin_from = std::sin(radians(from.lat_deg));
  const double cos_from = std::cos(radians(from.lat_deg));
  const double sin_to = std::sin(radians(to.lat_deg));
  const double cos_to = std::cos(radians(to.lat_deg));
  const double normal_from_m = radius_m / std::sqrt(1 - e2 * sin_from * sin_from);
  const double normal_to_m = radius_m / std::sqrt(1 - e2 * sin_to * sin_to);
  const double turn = radians(to.lon_deg - from.lon_deg);
  const double outward_m = normal_to_m * cos_to * std::cos(turn) - normal_from_m * cos_from;
  const double upward_m = (1 - e2) * (normal_to_m * sin_to - normal_from_m * sin_from);
  const double east_m = normal_to_m * cos_to * std::sin(turn);
  const double north_m = cos_from * upward_m - sin_from * outward_m;
  const double flat_m = std::sqrt(east_m * east_m + north_m * north_m);
  const double arc = distance_m / normal_from_m;
  const double north = cos_from * (north_m / flat_m);
  const double correction =
      ep2 * cos_from * (east_m / flat_m) * arc * arc / 6 * (north * (1 + ep2 * north * north) - sin_from * arc / 4);
  const double bearing = (std::atan2(east_m, north_m) - correction) * (180 / std::numbers::pi);
  return bearing < 0 ? bearing + 360 : bearing;
}

/// Whether all angles within the error round to the same.
bool is_decided(double bearing_deg) {
  constexpr double steps = 1e4;  // 10^bearing_decimals
  const double scaled = bearing_deg * steps;
  const double rest = scaled - static_cast<double>(static_cast<std::int64_t>(scaled));
  const bool is_near_north = bearing_deg < error_deg || bearing_deg > 360 - error_deg;
  return !is_near_north && std::abs(rest - 0.5) > error_deg * steps;
}

}  // namespace

double stated_bearing_deg(geo::LonLat from, geo::LonLat to, double distance_m) {
  if (distance_m > least_m && distance_m < most_m) {
    const double bearing_deg = bearing_by_plane_deg(from, to, distance_m);
    if (is_decided(bearing_deg)) return bearing_deg;
  }
  return geo::inverse(from, to).bearing_deg;
}

}  // namespace kordon::evaluation
