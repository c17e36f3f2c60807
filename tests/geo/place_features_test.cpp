#include "geo/atlas/place_features.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "geo/atlas/cut_at_180.hpp"
#include "geo/atlas/densify.hpp"
#include "geo/atlas/local_plane.hpp"
#include "tests/geo/made_layer.hpp"

namespace kordon::geo::test {
namespace {

double nearest_m(const Line& line, LonLat at) {
  double nearest_m = 1e9;
  for (std::size_t i = 1; i < line.size(); ++i) {
    nearest_m = std::min(nearest_m, foot_on(at, line[i - 1], line[i]).distance_m);
  }
  return nearest_m;
}

std::vector<RawFeature> drawn(std::vector<Line> rings) {
  return {{"drawn: feature 1 (A)", "A", "A", {std::move(rings)}}};
}

struct Placed {
  std::vector<Feature> features;
  LayerInfo info;
  Faults faults;
  Faults warnings;
};

Placed place(std::vector<Line> rings, const LayerCrs& crs, const LayerSource& source = {}) {
  Placed placed;
  placed.features = place_features(drawn(std::move(rings)), crs, source, placed.info, placed.faults, placed.warnings);
  return placed;
}

}  // namespace

TEST_CASE("a long edge that is straight on a map stays where the map has it, to a centimetre") {
  const Line square{{4'000'000, 3'000'000},
                    {4'400'000, 3'000'000},
                    {4'400'000, 3'200'000},
                    {4'000'000, 3'200'000},
                    {4'000'000, 3'000'000}};
  const auto placed = place({square}, {"EPSG:3035", "ETRS89-extended / LAEA Europe", true, {}});
  REQUIRE(placed.features.size() == 1);
  const auto& ring = placed.features[0].polygons[0][0];
  // By pyproj 3.7.2: the middle of the southern edge. Straight in degrees it is 3.8 km away.
  CHECK(nearest_m(ring, {8.308810028257028, 50.09975772128108}) < 0.01);
  CHECK(ring.size() > 500);
}

TEST_CASE("both directions of an edge get the same vertices, bit for bit") {
  const auto transformation = Transformation::to_wgs84("EPSG:3035", {4e6, 3e6, 4.4e6, 3.2e6});
  REQUIRE(transformation);
  Line planar{{4'000'000, 3'000'000}, {4'400'000, 3'100'000}};
  auto ring = planar;
  REQUIRE(transformation->apply(ring));
  const auto there = densified_planar(planar, ring, *transformation);
  std::ranges::reverse(planar);
  std::ranges::reverse(ring);
  auto back = densified_planar(planar, ring, *transformation);
  std::ranges::reverse(back);
  CHECK(there == back);
  auto geodesic = densified_geodesic({{0, 50}, {40, 51}});
  auto reversed = densified_geodesic({{40, 51}, {0, 50}});
  std::ranges::reverse(reversed);
  CHECK(geodesic == reversed);
}

TEST_CASE("an edge meant as a geodesic, or as a great circle, runs there") {
  const Line edge{{0, 50}, {40, 50}};
  // By GeographicLib; on the sphere tan(lat) = tan(50 degrees) / cos(20 degrees).
  CHECK(nearest_m(densified_geodesic(edge), {20, 51.749060323911095}) < 0.01);
  const double great_deg =
      std::atan(std::tan(50 * std::numbers::pi / 180) / std::cos(20 * std::numbers::pi / 180)) * 180 / std::numbers::pi;
  CHECK(nearest_m(densified_spherical(edge), {20, great_deg}) < 0.01);
}

TEST_CASE("rings that cross 180 degrees are cut there, whether they go on beyond it or jump") {
  for (const double east : {190.0, -170.0}) {
    const auto cut = cut_at_180({{{170, 50}, {east, 50}, {east, 60}, {170, 60}, {170, 50}}});
    CHECK(cut.was_cut);
    REQUIRE(cut.polygons.size() == 2);
    for (const auto& polygon : cut.polygons) {
      const auto [low, high] = std::ranges::minmax(polygon[0], {}, &LonLat::lon_deg);
      CHECK(high.lon_deg - low.lon_deg == 10);
      CHECK((low.lon_deg == -180 || high.lon_deg == 180));
    }
  }
}

TEST_CASE("rings that are cut already are taken, with either sign at 180") {
  const auto cut = cut_at_180({{{170, 50}, {-180, 50}, {-180, 60}, {170, 60}, {170, 50}}});
  CHECK_FALSE(cut.was_cut);
  CHECK(cut.polygons == std::vector<std::vector<Line>>{{{{170, 50}, {180, 50}, {180, 60}, {170, 60}, {170, 50}}}});
  const Line antarctica{{-180, -90}, {180, -90}, {180, -70}, {-180, -70}, {-180, -90}};
  CHECK(cut_at_180({antarctica}).polygons == std::vector<std::vector<Line>>{{antarctica}});
  for (const auto& coast : std::vector<Line>{{{0, -82}}, {{135, -81}, {45, -82}}, {{-60, -75}}}) {
    Line around{{-180, -90}, {0, -90}, {180, -90}, {180, -80}};
    around.insert(around.end(), coast.begin(), coast.end());
    around.insert(around.end(), {{-180, -80}, {-180, -90}});
    CHECK(cut_at_180({around}).polygons == std::vector<std::vector<Line>>{{around}});
  }
  const auto cap = cut_at_180({{{0, 80}, {120, 80}, {-120, 80}, {0, 80}}});
  CHECK(cap.error.empty());
  CHECK(cap.polygons.size() == 2);
  CHECK_FALSE(cut_at_180({{{0, 10}, {120, -10}, {-120, 10}, {0, 10}}}).error.empty());
}

TEST_CASE("a layer far from where its reference system is meant for is refused by its place") {
  const Line square{{3'000'000, 4'000'000}, {3'000'000, 4'400'000}, {3'200'000, 4'400'000}, {3'000'000, 4'000'000}};
  const auto placed = place({square}, {"EPSG:32632", "WGS 84 / UTM zone 32N", true, Extent{6, 0, 12, 84}});
  REQUIRE(placed.faults.size() == 1);
  CHECK(placed.faults[0].message.contains("northing before easting"));
}

TEST_CASE("a datum without a known shift is refused, or taken with the figure that is stated") {
  const Line square{{19.5, 40}, {20.5, 40}, {20.5, 41}, {19.5, 40}};
  const LayerCrs monte_mario{"EPSG:4265", "Monte Mario", false, {}};
  CHECK(place({square}, monte_mario).faults.size() == 1);
  LayerSource source;
  source.ballpark_accuracy_m = 200;
  const auto accepted = place({square}, monte_mario, source);
  CHECK(accepted.faults.empty());
  CHECK(accepted.info.operation_accuracy_m == 200);
  REQUIRE(accepted.warnings.size() == 1);
  CHECK(accepted.warnings[0].message.contains("not shifted"));
}

}  // namespace kordon::geo::test
