#include "geo/edge_index/way.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "geo/earth/geodesic_series.hpp"

namespace kordon::geo::edge_index {
namespace {

/// No radius of curvature of the ellipsoid is less, metres.
constexpr double least_radius_m = 6.33e6;
constexpr double polar_deg = 89;
/// Nearer than this a direction to an edge means nothing, metres.
constexpr double touching_m = 1e-6;
/// What rounding, and at some distance the series, may be off: metres, and a share.
constexpr double rounding_m = 1e-6;
constexpr double rounding = 2e-9;

Vec3 up_at(LonLat place) {
  const auto lon = sincos_deg(place.lon_deg);
  const auto lat = sincos_deg(place.lat_deg);
  return {lat.cos * lon.cos, lat.cos * lon.sin, lat.sin};
}

}  // namespace

Way::Way(LonLat from, LonLat to)
    : from_(to_ecef(from)),
      to_(to_ecef(to)),
      up_from_(up_at(from)),
      up_to_(up_at(to)),
      chord_(to_ - from_),
      length_m_(geodesic_from_chord_m(from_, chord_)),
      latitude_deg_(std::max(std::abs(from.lat_deg), std::abs(to.lat_deg))) {}

double Way::slack_m(double distance_m) const {
  const double spread_deg = (distance_m + length_m_) / least_radius_m * 180 / std::numbers::pi;
  const double highest_deg = latitude_deg_ + spread_deg;
  if (highest_deg > polar_deg) return std::numeric_limits<double>::infinity();
  const auto lat = sincos_deg(highest_deg);
  const double bend = 1.1 * lat.sin / lat.cos / least_radius_m;
  if (bend * distance_m > 0.5) return std::numeric_limits<double>::infinity();
  // The way's own bend counts twice, for its ends do not run as its chord does; an edge's grows towards its middle.
  const double bends = 2 * bend + bend / (1 - bend * distance_m) + distance_m / (least_radius_m * least_radius_m);
  return length_m_ * length_m_ * bends / 2 + rounding_m + rounding * distance_m;
}

Way::Tangent Way::tangent(const Curve& edge, Vec3 place, Vec3 up, double touching) const {
  const auto offset = nearest_on_edge(edge, place).offset;
  const double distance_m = geodesic_from_chord_m(place, offset);
  const auto level = [&](Vec3 v) { return v - dot(v, up) * up; };
  const auto towards = level(offset);
  const auto ahead = level(chord_);
  const double lengths = std::sqrt(length2(towards) * length2(ahead));
  if (distance_m < touching_m || !(lengths > 0)) return {distance_m, touching};
  return {distance_m, -dot(towards, ahead) / lengths};
}

Bounds Way::distance_m(const Curve& edge) const {
  const auto begin = tangent(edge, from_, up_from_, -1);
  const auto end = tangent(edge, to_, up_to_, 1);
  const double sum_m = begin.distance_m + end.distance_m;
  const double slack_m = this->slack_m(std::max(begin.distance_m, end.distance_m));
  if (std::isinf(slack_m)) return {std::max((sum_m - length_m_) / 2, 0.0), (sum_m + length_m_) / 2};
  const auto at_least = [&](double x_m) {
    return std::max(begin.distance_m + begin.slope * x_m, end.distance_m - end.slope * (length_m_ - x_m));
  };
  double least_m = std::min(at_least(0), at_least(length_m_));
  if (end.slope > begin.slope) {
    const double meet_m = (begin.distance_m - end.distance_m + end.slope * length_m_) / (end.slope - begin.slope);
    least_m = std::min(least_m, at_least(std::clamp(meet_m, 0.0, length_m_)));
  }
  return {std::max(least_m - slack_m, 0.0), std::max(begin.distance_m, end.distance_m) + slack_m};
}

}  // namespace kordon::geo::edge_index
