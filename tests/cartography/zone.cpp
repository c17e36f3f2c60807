// Zones against the index: an edge lies where the margin is 0, and a place is inside where its margin is above 0.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "cartography/maps.hpp"
#include "geo/index.hpp"
#include "tests/cartography/shipped.hpp"
#include "tests/geo/atlas_from_wkt.hpp"

using namespace kordon;
using kordon::policy::Area;

namespace {

kordon::policy::Area inside(kordon::geo::Target target) {
  return {kordon::policy::Area::Kind::inside, target, {}, {}, {}};
}
kordon::policy::Area within(kordon::geo::Target target, double radius_m) {
  return {kordon::policy::Area::Kind::within, target, {}, {radius_m, kordon::policy::Unit::metre, {}}, {}};
}
kordon::policy::Area combined(kordon::policy::Area::Kind kind, std::vector<kordon::policy::Area> parts) {
  return {kind, 0, {}, {}, std::move(parts)};
}

/// The margin's definition, written once more.
double margin_m(const kordon::geo::Index& index, const kordon::policy::Area& area, kordon::geo::LonLat place) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  double margin = area.kind == kordon::policy::Area::Kind::any ? -infinity : infinity;
  if (area.kind == kordon::policy::Area::Kind::inside || area.kind == kordon::policy::Area::Kind::within) {
    kordon::geo::Standing standing;
    index.locate(kordon::geo::Position::checked(place).value(), std::span(&area.target, 1), std::span(&standing, 1));
    return standing.margin_m() + area.radius.value;
  }
  if (area.kind == kordon::policy::Area::Kind::negation) return -margin_m(index, area.parts[0], place);
  for (const auto& part : area.parts) {
    const double other = margin_m(index, part, place);
    margin = area.kind == kordon::policy::Area::Kind::any ? std::max(margin, other) : std::min(margin, other);
  }
  return margin;
}

bool on_cut(kordon::geo::LonLat a, kordon::geo::LonLat b) {
  return (a.lon_deg == b.lon_deg && std::abs(a.lon_deg) == 180) || std::abs(a.lat_deg) == 90 ||
         std::abs(b.lat_deg) == 90;
}

/// A world to draw zones in.
class World {
 public:
  explicit World(const kordon::geo::Atlas& atlas) : index_(atlas), maps_(atlas) {}

  /// Largest margin, its sign left out, on the zone's edge: at vertices and between them.
  [[nodiscard]] double worst_on_edge_m(const kordon::policy::Area& area, double offset_deg = 0,
                                       std::size_t stride = 1) const {
    const auto zone = maps_.zone(area, {}, offset_deg);
    REQUIRE(zone != nullptr);
    REQUIRE_FALSE(zone->empty());
    double worst = 0;
    for (const auto& polygon : *zone) {
      for (const auto& ring : polygon) {
        for (std::size_t i = 0; i + 1 < ring.size(); i += stride) {
          if (on_cut(ring[i], ring[i + 1])) continue;
          for (const double t : {0.0, 0.3, 0.5, 0.9}) {
            const kordon::geo::LonLat place{std::lerp(ring[i].lon_deg, ring[i + 1].lon_deg, t),
                                            std::lerp(ring[i].lat_deg, ring[i + 1].lat_deg, t)};
            worst = std::max(worst, std::abs(margin_m(index_, area, place)));
          }
        }
      }
    }
    return worst;
  }

  /// Random places in a box that are in the zone with a margin below, or out of it with one above, the tolerance.
  [[nodiscard]] std::size_t on_the_wrong_side(const kordon::policy::Area& area, kordon::cartography::Box box,
                                              double tolerance_m = 10) const {
    const auto zone = maps_.zone(area, {}, 0);
    REQUIRE(zone != nullptr);
    std::mt19937_64 random(20240530);
    std::uniform_real_distribution<double> lon(box.west_deg, box.east_deg);
    std::uniform_real_distribution<double> lat(box.south_deg, box.north_deg);
    std::size_t wrong = 0;
    for (int i = 0; i < 3000; ++i) {
      const kordon::geo::LonLat place{lon(random), lat(random)};
      const double margin = margin_m(index_, area, place);
      const bool in_zone = kordon::cartography::covers(*zone, place);
      wrong += (margin > tolerance_m && !in_zone) || (margin < -tolerance_m && in_zone) ? 1U : 0U;
    }
    return wrong;
  }

  [[nodiscard]] const kordon::cartography::Maps& maps() const { return maps_; }

 private:
  kordon::geo::Index index_;
  kordon::cartography::Maps maps_;
};

const World& shipped() {
  static const World world(shipped_atlas());
  return world;
}

kordon::policy::Area depth_zone(double radius_m) {
  const auto& atlas = shipped_atlas();
  return combined(kordon::policy::Area::Kind::all,
                  {inside(*atlas.find_region("RU")), within(*atlas.find_border("RU|UA-63"), radius_m)});
}

}  // namespace

TEST_CASE("the edge of the shipped zone lies within 10 m of where its margin is 0") {
  for (const double depth_km : {0.2, 3.0, 40.0, 100.0, 700.0}) {
    CAPTURE(depth_km);
    CHECK(shipped().worst_on_edge_m(depth_zone(depth_km * 1000), 0, 3) <= 10);
  }
}

TEST_CASE("the shipped zone is where its margin is above 0") {
  CHECK(shipped().on_the_wrong_side(depth_zone(100e3), {33, 48, 41, 53}) == 0);
  CHECK(shipped().on_the_wrong_side(depth_zone(2e3), {36, 50, 38, 51}) == 0);
}

TEST_CASE("a simplified zone is off by no more than its offset") {
  for (const double offset_deg : {0.001, 0.02, 0.2}) {
    CHECK(shipped().worst_on_edge_m(depth_zone(100e3), offset_deg) <= 10 + offset_deg * 111'320);
  }
}

TEST_CASE("zones go across the antimeridian and around the poles") {
  const auto atlas = atlas_from_wkt({{"A", "POLYGON ((175 60, 179 60, 179 62, 175 62, 175 60))"},
                                     {"B", "POLYGON ((175 58, 179 58, 179 60, 175 60, 175 58))"},
                                     {"P", "POLYGON ((30 87, 60 87, 60 89, 30 89, 30 87))"},
                                     {"S", "POLYGON ((-70 -88, -20 -88, -20 -85, -70 -85, -70 -88))"}});
  const World world(atlas);
  const auto border = *atlas.find_border("A|B");
  const auto polar = *atlas.find_region("P");
  const auto southern = *atlas.find_region("S");
  for (const auto& area : {within(border, 300e3), within(border, 3000e3), within(border, 8900e3), within(polar, 50e3),
                           within(polar, 700e3), within(southern, 1500e3)}) {
    CAPTURE(area.target);
    CAPTURE(area.radius.value);
    CHECK(world.worst_on_edge_m(area) <= 10);
    CHECK(world.on_the_wrong_side(area, {-180, -90, 180, 90}) == 0);
    CHECK(world.on_the_wrong_side(area, {-180, 80, 180, 90}) == 0);
    CHECK(world.on_the_wrong_side(area, {170, 50, 180, 70}) == 0);
  }
}

TEST_CASE("a region that a map cuts has its inside on either side of the cut") {
  const auto atlas = atlas_from_wkt(
      {{"A",
        "MULTIPOLYGON (((176 58, 180 58, 180 62, 176 62, 176 58)), ((-180 58, -176 58, -176 62, -180 62, -180 58)))"},
       {"P", "POLYGON ((-180 87, -90 87, 0 87, 90 87, 180 87, 180 90, -180 90, -180 87))"}});
  const World world(atlas);
  for (const char* id : {"A", "P"}) {
    CAPTURE(std::string(id));
    for (const double radius_m : {50e3, 150e3, 800e3}) {
      const auto area = within(*atlas.find_region(id), radius_m);
      CHECK(world.worst_on_edge_m(area) <= 10);
      CHECK(world.on_the_wrong_side(area, {-180, 50, 180, 90}) == 0);
      CHECK(world.on_the_wrong_side(area, {175, 55, 180, 65}) == 0);
    }
  }
}

TEST_CASE("all, any and not are the sets of places that they say") {
  const auto atlas =
      atlas_from_wkt({{"A", "POLYGON ((10 10, 20 10, 20 20, 10 20, 10 10), (13 13, 13 17, 17 17, 17 13, 13 13))"},
                      {"B", "POLYGON ((20 10, 30 10, 30 20, 20 20, 20 10))"},
                      {"C", "POLYGON ((12 5, 14 5, 14 25, 12 25, 12 5))"}});
  const World world(atlas);
  const auto a = inside(*atlas.find_region("A"));
  const auto c = inside(*atlas.find_region("C"));
  const auto near_c = within(*atlas.find_region("C"), 120e3);
  const auto near_border = within(*atlas.find_border("A|B"), 200e3);
  const auto outside_c = combined(kordon::policy::Area::Kind::negation, {c});
  const std::vector<kordon::policy::Area> areas{
      near_c,
      combined(kordon::policy::Area::Kind::all, {a, c}),
      combined(kordon::policy::Area::Kind::all, {a, outside_c}),
      combined(kordon::policy::Area::Kind::any, {c, near_border}),
      combined(kordon::policy::Area::Kind::all, {near_c, combined(kordon::policy::Area::Kind::any, {a, near_border})}),
      combined(kordon::policy::Area::Kind::negation, {combined(kordon::policy::Area::Kind::any, {a, near_c})})};
  for (std::size_t i = 0; i < areas.size(); ++i) {
    CAPTURE(i);
    CHECK(world.worst_on_edge_m(areas[i]) <= 10);
    CHECK(world.on_the_wrong_side(areas[i], {5, 0, 35, 30}) == 0);
  }
}

TEST_CASE("everywhere is the whole map, and nowhere is nothing") {
  const auto atlas = atlas_from_wkt({{"A", "POLYGON ((10 10, 20 10, 20 20, 10 20, 10 10))"}});
  const World world(atlas);
  const auto& maps = world.maps();
  CHECK(kordon::geo::doubled_area_deg2(maps.zone({}, {}, 0)->at(0).at(0)) == 2 * 360 * 180);
  CHECK(maps.zone(combined(kordon::policy::Area::Kind::negation, {kordon::policy::Area{}}), {}, 0)->empty());
  CHECK(maps.zone(combined(kordon::policy::Area::Kind::any, {}), {}, 0)->empty());
  CHECK(maps.zone(combined(kordon::policy::Area::Kind::all,
                           {inside(0), combined(kordon::policy::Area::Kind::negation, {inside(0)})}),
                  {}, 0)
            ->empty());
}

TEST_CASE("a region that is too small to draw still has its surroundings") {
  const auto atlas = atlas_from_wkt(
      {{"A", "MULTIPOLYGON (((0 0, 10 0, 10 10, 0 10, 0 0)), ((30 0, 30.01 0, 30.01 0.01, 30 0.01, 30 0)))"}});
  const World world(atlas);
  const auto zone = world.maps().zone(within(0, 300e3), {}, 0.1);
  CHECK(kordon::cartography::covers(*zone, {31, 1}));
  CHECK_FALSE(kordon::cartography::covers(*zone, {34, 1}));
}

TEST_CASE("what would take too much is not drawn") {
  const auto& atlas = shipped_atlas();
  CHECK(shipped().maps().zone(within(*atlas.find_region("RU"), 100), {}, 0) == nullptr);
  CHECK(shipped().maps().zone(within(*atlas.find_border("RU|UA-63"), 12e6), {}, 0) == nullptr);
  CHECK(shipped().maps().zone(within(*atlas.find_region("RU"), 500e3), {}, 0.5) != nullptr);
}

TEST_CASE("the least of distances take the least of work") {
  for (const double radius_m : {0.0, 5e-324, 1e-300, 1e-9, 0.5}) {
    CHECK(shipped().maps().zone(within(*shipped_atlas().find_border("RU|UA-63"), radius_m), {}, 0)->empty());
  }
  CHECK(shipped().maps().zone(within(*shipped_atlas().find_border("RU|UA"), 1), {}, 0) == nullptr);
  const auto atlas = atlas_from_wkt({{"A", "POLYGON ((10 10, 20 10, 20 20, 10 20, 10 10))"}});
  CHECK(World(atlas).maps().zone(within(0, 1e-300), {}, 0)->size() == 1);
}

TEST_CASE("the zone asked for again is the same one") {
  const auto first = shipped().maps().zone(depth_zone(55e3), {}, 0.01);
  CHECK(shipped().maps().zone(depth_zone(55e3), {}, 0.011) == first);
  CHECK(shipped().maps().zone(depth_zone(56e3), {}, 0.01) != first);
}
