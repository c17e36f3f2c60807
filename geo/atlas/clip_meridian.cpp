#include "geo/atlas/clip_meridian.hpp"

#include <cmath>

#include "geo/atlas/geos.hpp"

namespace kordon::geo {

std::vector<std::vector<Line>> clip_between(const std::vector<Line>& rings, double west_deg, double east_deg) {
  const Geos geos;
  auto whole = geos.polygon(rings);
  if (!geos.is_valid(whole.get())) whole = geos.made_valid(whole.get());
  if (!whole) return {};
  const auto part = geos.between(whole.get(), west_deg, east_deg);
  if (!part) return {};
  auto polygons = geos.polygons_of(part.get());
  for (auto& polygon : polygons) {
    for (auto& ring : polygon) {
      for (auto& vertex : ring) {  // an intersection may be rounded off the meridian
        if (std::abs(vertex.lon_deg - west_deg) < 1e-12) vertex.lon_deg = west_deg;
        if (std::abs(vertex.lon_deg - east_deg) < 1e-12) vertex.lon_deg = east_deg;
      }
    }
  }
  return polygons;
}

}  // namespace kordon::geo
