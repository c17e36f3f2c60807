#include "cartography/zone_extent.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "cartography/zone.hpp"

namespace kordon::cartography {
namespace {

constexpr Box whole_earth{-180, -90, 180, 90};
// A degree of latitude has at least 110,574 m; a part of a hundredth is for the ellipsoid and for straight edges.
constexpr double least_metres_per_degree = 110'000;
constexpr double reserve_deg = 0.05;
constexpr double radians = std::numbers::pi / 180;

bool is_empty(const Box& box) { return box.west_deg > box.east_deg || box.south_deg > box.north_deg; }

/// With all that is at most so far from it on a sphere.
Box widened(const Box& box, double distance_deg) {
  if (is_empty(box)) return {};
  const double farthest_deg = std::max(std::abs(box.south_deg), std::abs(box.north_deg));
  Box wide{-180, std::max(-90.0, box.south_deg - distance_deg), 180, std::min(90.0, box.north_deg + distance_deg)};
  if (farthest_deg + distance_deg >= 90) return wide;
  const double lon_deg = std::asin(std::sin(distance_deg * radians) / std::cos(farthest_deg * radians)) / radians;
  if (box.west_deg - lon_deg < -180 || box.east_deg + lon_deg > 180) return wide;
  wide.west_deg = box.west_deg - lon_deg;
  wide.east_deg = box.east_deg + lon_deg;
  return wide;
}

Box common(const Box& a, const Box& b) {
  const Box both{std::max(a.west_deg, b.west_deg), std::max(a.south_deg, b.south_deg), std::min(a.east_deg, b.east_deg),
                 std::min(a.north_deg, b.north_deg)};
  return is_empty(both) ? Box{} : both;
}

Box united(const Box& a, const Box& b) {
  return {std::min(a.west_deg, b.west_deg), std::min(a.south_deg, b.south_deg), std::max(a.east_deg, b.east_deg),
          std::max(a.north_deg, b.north_deg)};
}

}  // namespace

Box extent_of(const policy::Area& area, std::span<const double> values, std::span<const Box> target_boxes,
              double offset_deg) {
  using enum policy::Area::Kind;
  const auto of_part = [&](const policy::Area& part) { return extent_of(part, values, target_boxes, offset_deg); };
  Box box = whole_earth;
  switch (area.kind) {
    case inside:
      return widened(target_boxes[area.target], offset_deg + reserve_deg);
    case within:
      return widened(target_boxes[area.target],
                     radius_m_of(area.radius, values) / least_metres_per_degree + offset_deg + reserve_deg);
    case all:
      for (const auto& part : area.parts) box = common(box, of_part(part));
      return box;
    case any:
      box = {};
      for (const auto& part : area.parts) box = united(box, of_part(part));
      return box;
    default:
      return whole_earth;
  }
}

}  // namespace kordon::cartography
