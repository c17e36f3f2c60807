// The box that is known without a zone against the zone.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>

#include "cartography/maps.hpp"
#include "tests/geo/atlas_from_wkt.hpp"

using kordon::cartography::Box;
using kordon::cartography::Maps;
using kordon::policy::Area;

namespace {

Area inside(kordon::geo::Target target) { return {Area::Kind::inside, target, {}, {}, {}}; }
Area within(kordon::geo::Target target, double radius_m) {
  return {Area::Kind::within, target, {}, {radius_m, kordon::policy::Unit::metre, {}}, {}};
}
Area combined(Area::Kind kind, std::vector<Area> parts) { return {kind, 0, {}, {}, std::move(parts)}; }

bool holds(const Box& box, const kordon::cartography::Polygons& polygons) {
  return std::ranges::all_of(polygons, [&](const auto& polygon) {
    return std::ranges::all_of(polygon.front(), [&](const auto place) { return box.contains(place); });
  });
}

}  // namespace

TEST_CASE("a zone lies in the box that is known without it, and the box is of no use where it is too large") {
  const auto atlas = atlas_from_wkt({{"A", "POLYGON ((10 10, 20 10, 20 20, 10 20, 10 10))"},
                                     {"B", "POLYGON ((20 10, 30 10, 30 20, 20 20, 20 10))"},
                                     {"N", "POLYGON ((30 80, 40 80, 40 84, 30 84, 30 80))"},
                                     {"E", "POLYGON ((175 60, 179 60, 179 62, 175 62, 175 60))"}});
  const Maps maps(atlas);
  const auto a = *atlas.find_region("A");
  const auto border = *atlas.find_border("A|B");
  std::vector<Area> areas{inside(a), combined(Area::Kind::negation, {inside(a)})};
  for (const double radius_m : {50e3, 300e3}) {
    for (const auto* id : {"A", "N", "E"}) areas.push_back(within(*atlas.find_region(id), radius_m));
    areas.push_back(within(border, radius_m));
    areas.push_back(combined(Area::Kind::all, {inside(a), within(border, radius_m)}));
    areas.push_back(combined(Area::Kind::any, {inside(a), within(*atlas.find_region("N"), radius_m)}));
  }
  for (const auto& area : areas) {
    for (const double offset_deg : {0.0, 0.1}) {
      CAPTURE(static_cast<int>(area.kind));
      CAPTURE(area.target);
      CAPTURE(area.radius.value);
      const auto zone = maps.zone(area, {}, offset_deg);
      REQUIRE(zone);
      CHECK(holds(maps.zone_extent(area, {}, offset_deg), *zone));
    }
  }
  const auto near = maps.zone_extent(within(border, 50e3), {}, 0);
  CHECK(near.west_deg > 19);
  CHECK(near.east_deg < 21);
  CHECK(near.south_deg > 9);
  CHECK(near.north_deg < 21);
  const auto apart = combined(Area::Kind::all, {inside(a), within(*atlas.find_region("N"), 1e3)});
  CHECK_FALSE(maps.zone_extent(apart, {}, 0).touches({-180, -90, 180, 90}));
}
