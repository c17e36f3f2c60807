#include "cartography/polygon.hpp"

#include <algorithm>

#include "cartography/box.hpp"

namespace kordon::cartography {
namespace {

struct Shell {
  double doubled_area_deg2;
  Box box;
  Polygon polygon;
};

/// Shells from the smallest to the largest.
std::vector<Shell> shells_of(const std::vector<geo::Line>& rings) {
  std::vector<Shell> shells;
  for (const auto& ring : rings) {
    const double area = geo::doubled_area_deg2(ring);
    if (area > 0) shells.push_back({area, box_of(ring), {ring}});
  }
  std::ranges::sort(shells, {}, &Shell::doubled_area_deg2);
  return shells;
}

/// A hole touches its shell in single points at most, so the middle of an edge is inside.
geo::LonLat middle_of_first_edge(const geo::Line& ring) {
  return {(ring[0].lon_deg + ring[1].lon_deg) / 2, (ring[0].lat_deg + ring[1].lat_deg) / 2};
}

}  // namespace

Polygons polygons_of(const std::vector<geo::Line>& rings) {
  auto shells = shells_of(rings);
  for (const auto& ring : rings) {
    const double area = geo::doubled_area_deg2(ring);
    if (area >= 0) continue;
    const auto box = box_of(ring);
    const auto place = middle_of_first_edge(ring);
    const auto shell = std::ranges::find_if(shells, [&](const Shell& candidate) {
      return candidate.doubled_area_deg2 > -area && candidate.box.contains(box) &&
             goes_around(candidate.polygon.front(), place);
    });
    if (shell != shells.end()) shell->polygon.push_back(ring);
  }
  Polygons polygons;
  polygons.reserve(shells.size());
  for (auto& shell : shells) polygons.push_back(std::move(shell.polygon));
  return polygons;
}

}  // namespace kordon::cartography
