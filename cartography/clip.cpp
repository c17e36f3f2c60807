#include <cmath>

#include "cartography/box.hpp"

namespace kordon::cartography {
namespace {

/// One side of a box: what is inside has `sign * coordinate <= sign * bound_deg`.
struct Side {
  double geo::LonLat::* coordinate;
  double sign;
  double bound_deg;

  [[nodiscard]] bool holds(geo::LonLat place) const { return sign * (place.*coordinate) <= sign * bound_deg; }

  [[nodiscard]] geo::LonLat crossing(geo::LonLat a, geo::LonLat b) const {
    const double t = (bound_deg - a.*coordinate) / (b.*coordinate - a.*coordinate);
    geo::LonLat place{std::lerp(a.lon_deg, b.lon_deg, t), std::lerp(a.lat_deg, b.lat_deg, t)};
    place.*coordinate = bound_deg;
    return place;
  }
};

geo::Line clipped(const geo::Line& ring, const Side& side) {
  geo::Line rest;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
    const bool from_inside = side.holds(ring[i]);
    const bool to_inside = side.holds(ring[i + 1]);
    if (from_inside) rest.push_back(ring[i]);
    if (from_inside != to_inside) rest.push_back(side.crossing(ring[i], ring[i + 1]));
  }
  if (!rest.empty()) rest.push_back(rest.front());
  return rest;
}

geo::Line clipped(const geo::Line& ring, const Box& box) {
  if (box.contains(box_of(ring))) return ring;
  auto rest = ring;
  for (const auto& side :
       {Side{&geo::LonLat::lon_deg, 1, box.east_deg}, Side{&geo::LonLat::lon_deg, -1, box.west_deg},
        Side{&geo::LonLat::lat_deg, 1, box.north_deg}, Side{&geo::LonLat::lat_deg, -1, box.south_deg}}) {
    rest = clipped(rest, side);
  }
  return rest;
}

}  // namespace

Polygons clipped(const Polygons& polygons, const Box& box) {
  Polygons rest;
  for (const auto& polygon : polygons) {
    Polygon part;
    for (const auto& ring : polygon) {
      if (!box.touches(box_of(ring))) continue;
      auto inner = clipped(ring, box);
      if (inner.size() >= 4) part.push_back(std::move(inner));
      if (part.empty()) break;
    }
    if (!part.empty()) rest.push_back(std::move(part));
  }
  return rest;
}

}  // namespace kordon::cartography
