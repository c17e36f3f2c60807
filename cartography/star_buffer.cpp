#include "cartography/star_buffer.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "cartography/box.hpp"
#include "geo/earth/ecef.hpp"
#include "geo/earth/geodesic.hpp"

namespace kordon::cartography {
namespace {

constexpr double earth_radius_m = 6'371'000;
constexpr double metres_per_degree = earth_radius_m * std::numbers::pi / 180;
constexpr int max_depth = 12;
constexpr double fewest_samples = 16;
constexpr double spread_to_radius = 0.45;

/// The same place with its longitude on the same turn as the one before.
geo::LonLat continued(geo::LonLat place, geo::LonLat before) {
  place.lon_deg += 360 * std::round((before.lon_deg - place.lon_deg) / 360);
  return place;
}

double distance_to_edge_m(geo::LonLat place, geo::LonLat a, geo::LonLat b) {
  const double scale = geo::sincos_deg(place.lat_deg).cos;
  const double dx = (b.lon_deg - a.lon_deg) * scale;
  const double dy = b.lat_deg - a.lat_deg;
  const double px = (place.lon_deg - a.lon_deg) * scale;
  const double py = place.lat_deg - a.lat_deg;
  const double length2 = dx * dx + dy * dy;
  const double t = length2 > 0 ? std::clamp((px * dx + py * dy) / length2, 0.0, 1.0) : 0.0;
  return std::hypot(px - t * dx, py - t * dy) * metres_per_degree;
}

/// A ring around a pole ends a whole turn from where it began: it goes on along the pole. Its two ends are to meet bit
/// for bit when one is turned back, so their longitude is rounded to bits that a whole turn leaves.
void close(geo::Line& ring, geo::LonLat origin) {
  const double turned_deg = ring.back().lon_deg - ring.front().lon_deg;
  if (std::abs(turned_deg) > 180) {
    constexpr double fine = 1 << 20;
    ring.front().lon_deg = std::round(ring.front().lon_deg * fine) / fine;
    ring.back() = {ring.front().lon_deg + std::copysign(360.0, turned_deg), ring.front().lat_deg};
    const double pole_deg = std::copysign(90.0, origin.lat_deg);
    ring.push_back({ring.back().lon_deg, pole_deg});
    ring.push_back({ring.front().lon_deg, pole_deg});
    ring.push_back(ring.front());
  } else {
    ring.back() = ring.front();
  }
  geo::orient(ring, true);
}

}  // namespace

double StarBuffer::max_spread_m(double radius_m, double tolerance_m) {
  const double error_m = std::max(0.4, tolerance_m / 4);
  return std::min(std::cbrt(earth_radius_m * earth_radius_m * error_m), spread_to_radius * radius_m);
}

/// So many that an arc between two lies within half the tolerance of its chord.
std::size_t StarBuffer::least_samples(double radius_m, double tolerance_m) {
  const double half_angle = std::acos(1 - std::min(tolerance_m / 2 / radius_m, 0.1));
  return static_cast<std::size_t>(std::ceil(std::max(std::numbers::pi / half_angle, fewest_samples)));
}

StarBuffer::StarBuffer(const geo::Line& places, double radius_m) : radius_m_(radius_m) {
  const auto box = box_of(places);
  origin_ = {(box.west_deg + box.east_deg) / 2, (box.south_deg + box.north_deg) / 2};
  const auto centre = geo::to_ecef(origin_);
  const auto [sin_lon, cos_lon] = geo::sincos_deg(origin_.lon_deg);
  const auto [sin_lat, cos_lat] = geo::sincos_deg(origin_.lat_deg);
  const geo::Vec3 east{-sin_lon, cos_lon, 0};
  const geo::Vec3 north{-sin_lat * cos_lon, -sin_lat * sin_lon, cos_lat};
  for (const auto place : places) {
    const auto offset = geo::to_ecef(place) - centre;
    offsets_.push_back({geo::dot(offset, east), geo::dot(offset, north)});
  }
}

/// Seen from afar a circle of radius r on a sphere of radius R is as curved as one of radius R tan(r / R) in the plane.
StarBuffer::Sample StarBuffer::sample(double azimuth_deg) const {
  const auto [sin, cos] = geo::sincos_deg(azimuth_deg);
  const double bend_m = earth_radius_m * std::tan(radius_m_ / earth_radius_m);
  double radius_there_m = 0;
  for (const auto [east_m, north_m] : offsets_) {
    const double along_m = east_m * sin + north_m * cos;
    const double across_m = east_m * cos - north_m * sin;
    const double lost_m = across_m * across_m / (bend_m + std::sqrt(bend_m * bend_m - across_m * across_m));
    radius_there_m = std::max(radius_there_m, along_m + radius_m_ - lost_m);
  }
  return {azimuth_deg, geo::direct(origin_, azimuth_deg, radius_there_m)};
}

void StarBuffer::refine(geo::Line& ring, const Sample& from, const Sample& to, double tolerance_m, int depth) const {
  auto middle = sample((from.azimuth_deg + to.azimuth_deg) / 2);
  middle.place = continued(middle.place, from.place);
  if (depth < max_depth && distance_to_edge_m(middle.place, from.place, to.place) > tolerance_m) {
    refine(ring, from, middle, tolerance_m, depth + 1);
    refine(ring, middle, {to.azimuth_deg, continued(to.place, middle.place)}, tolerance_m, depth + 1);
    return;
  }
  ring.push_back(to.place);
}

geo::Line StarBuffer::ring(double tolerance_m) const {
  const double half_m = tolerance_m / 2;  // a corner between samples lies at most twice as far off as the middle
  const auto count = static_cast<int>(least_samples(radius_m_, tolerance_m));
  auto from = sample(0);
  from.place = continued(from.place, origin_);
  geo::Line ring{from.place};
  for (int i = 1; i <= count; ++i) {
    auto to = sample(360.0 * i / count);
    to.place = continued(to.place, from.place);
    refine(ring, from, to, half_m, 0);
    from = {to.azimuth_deg, ring.back()};
  }
  close(ring, origin_);
  return ring;
}

}  // namespace kordon::cartography
