#include "cartography/box.hpp"

#include <algorithm>

namespace kordon::cartography {
namespace {

/// Keeps the part of [low, high] where start + t * step lies within [min, max]; false if nothing is left.
bool clip(double start, double step, double min, double max, double& low, double& high) {
  if (step == 0) return start >= min && start <= max;
  const auto [first, last] = std::minmax({(min - start) / step, (max - start) / step});
  low = std::max(low, first);
  high = std::min(high, last);
  return low <= high;
}

bool edge_touches(geo::LonLat a, geo::LonLat b, const Box& box) {
  double low = 0;
  double high = 1;
  return clip(a.lon_deg, b.lon_deg - a.lon_deg, box.west_deg, box.east_deg, low, high) &&
         clip(a.lat_deg, b.lat_deg - a.lat_deg, box.south_deg, box.north_deg, low, high);
}

bool covers(const Polygon& polygon, geo::LonLat place) {
  const auto around = std::ranges::count_if(polygon, [&](const geo::Line& ring) { return goes_around(ring, place); });
  return around % 2 == 1;
}

bool touches(const Polygon& polygon, const Box& box) {
  if (!box.touches(box_of(polygon.front()))) return false;
  if (std::ranges::any_of(polygon, [&](const geo::Line& ring) { return touches(ring, box); })) return true;
  return covers(polygon, {box.west_deg, box.south_deg});
}

}  // namespace

void Box::include(geo::LonLat place) {
  west_deg = std::min(west_deg, place.lon_deg);
  south_deg = std::min(south_deg, place.lat_deg);
  east_deg = std::max(east_deg, place.lon_deg);
  north_deg = std::max(north_deg, place.lat_deg);
}

bool Box::contains(geo::LonLat place) const {
  return place.lon_deg >= west_deg && place.lon_deg <= east_deg && place.lat_deg >= south_deg &&
         place.lat_deg <= north_deg;
}

bool Box::contains(const Box& other) const {
  return contains(geo::LonLat{other.west_deg, other.south_deg}) &&
         contains(geo::LonLat{other.east_deg, other.north_deg});
}

bool Box::touches(const Box& other) const {
  return other.west_deg <= east_deg && other.east_deg >= west_deg && other.south_deg <= north_deg &&
         other.north_deg >= south_deg;
}

Box box_of(const geo::Line& line) {
  Box box;
  for (const auto place : line) box.include(place);
  return box;
}

bool goes_around(const geo::Line& ring, geo::LonLat place) {
  bool around = false;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
    const auto a = ring[i];
    const auto b = ring[i + 1];
    if ((a.lat_deg > place.lat_deg) == (b.lat_deg > place.lat_deg)) continue;
    const double t = (place.lat_deg - a.lat_deg) / (b.lat_deg - a.lat_deg);
    if (place.lon_deg < a.lon_deg + t * (b.lon_deg - a.lon_deg)) around = !around;
  }
  return around;
}

bool covers(const Polygons& polygons, geo::LonLat place) {
  return std::ranges::any_of(polygons, [&](const Polygon& polygon) { return covers(polygon, place); });
}

bool touches(const geo::Line& line, const Box& box) {
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    if (edge_touches(line[i], line[i + 1], box)) return true;
  }
  return false;
}

bool touches(const Polygons& polygons, const Box& box) {
  return std::ranges::any_of(polygons, [&](const Polygon& polygon) { return touches(polygon, box); });
}

}  // namespace kordon::cartography
