#include "cartography/simplify.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/geo/atlas_from_wkt.hpp"

using namespace kordon;

namespace {

std::size_t vertices_of(const kordon::cartography::Polygons& polygons) {
  std::size_t count = 0;
  for (const auto& polygon : polygons) {
    for (const auto& ring : polygon) count += ring.size();
  }
  return count;
}

bool has_edge(const kordon::cartography::Polygons& polygons, kordon::geo::LonLat a, kordon::geo::LonLat b) {
  for (const auto& polygon : polygons) {
    for (const auto& ring : polygon) {
      for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        if (ring[i] == a && ring[i + 1] == b) return true;
      }
    }
  }
  return false;
}

}  // namespace

TEST_CASE("an offset of 0 leaves every vertex") {
  const auto atlas = atlas_from_wkt({{"A", "POLYGON ((0 0, 5 0.001, 10 0, 10 10, 0 10, 0 0))"}});
  CHECK(vertices_of(kordon::cartography::simplified(atlas, 0).regions[0]) == 6);
}

TEST_CASE("vertices that matter less than the offset go, and neighbours still share every edge") {
  const auto atlas =
      atlas_from_wkt({{"A", "POLYGON ((0 0, 5 0.5, 9 0, 10 0, 10 1, 9.9 3, 9 5, 10 9, 10 10, 0 10, 0 0))"},
                      {"B", "POLYGON ((10 0, 20 0, 20 10, 10 10, 10 9, 9 5, 9.9 3, 10 1, 10 0))"}});
  const auto shapes = kordon::cartography::simplified(atlas, 0.6);
  CHECK_FALSE(has_edge(shapes.regions[0], {0, 0}, {5, 0.5}));
  CHECK(has_edge(shapes.regions[0], {10, 1}, {9, 5}));
  CHECK(has_edge(shapes.regions[1], {9, 5}, {10, 1}));
  REQUIRE(shapes.borders[0].size() == 1);
  CHECK(shapes.borders[0][0].size() == 5);
}

TEST_CASE("a cape keeps its line where the simple one would cut an island") {
  const auto bay = "POLYGON ((0 0, 10 0, 10 10, 6 10, 5 8, 4 10, 0 10, 0 0))";
  const auto alone = kordon::cartography::simplified(atlas_from_wkt({{"A", bay}}), 3);
  CHECK(has_edge(alone.regions[0], {10, 10}, {0, 10}));

  const auto with_island = kordon::cartography::simplified(
      atlas_from_wkt({{"A", bay}, {"B", "POLYGON ((4.8 9.5, 5.2 9.5, 5.2 14, 4.8 14, 4.8 9.5))"}}), 3);
  CHECK_FALSE(has_edge(with_island.regions[0], {10, 10}, {0, 10}));
  CHECK(with_island.regions[1].size() == 1);
}

TEST_CASE("collapsed_rings go, but a region's largest ring stays and stays a ring") {
  const auto atlas = atlas_from_wkt(
      {{"A", "MULTIPOLYGON (((0 0, 10 0, 10 10, 0 10, 0 0)), ((20 20, 20.1 20, 20.1 20.1, 20 20.1, 20 20)))"},
       {"B", "POLYGON ((30 30, 30.1 30, 30.1 30.05, 30.1 30.1, 30 30.1, 30 30))"}});
  const auto shapes = kordon::cartography::simplified(atlas, 5);
  CHECK(shapes.regions[0].size() == 1);
  REQUIRE(shapes.regions[1].size() == 1);
  CHECK(shapes.regions[1][0][0].size() == 4);
}

TEST_CASE("two ways between the same two corners do not become one") {
  const auto atlas = atlas_from_wkt({{"A", "POLYGON ((0 0, 5 -1, 10 0, 5 1, 0 0))"},
                                     {"B", "POLYGON ((0 0, 5 1, 10 0, 10 10, 0 10, 0 0))"},
                                     {"C", "POLYGON ((0 0, 0 -10, 10 -10, 10 0, 5 -1, 0 0))"}});
  const auto shapes = kordon::cartography::simplified(atlas, 2);
  REQUIRE(shapes.regions[0].size() == 1);
  CHECK(vertices_of(shapes.regions[0]) >= 4);
}

TEST_CASE("cuts along the antimeridian stay") {
  const auto atlas = atlas_from_wkt({{"A", "POLYGON ((170 0, 175 0.1, 180 0, 180 5, 180 10, 170 10, 170 0))"}});
  const auto shapes = kordon::cartography::simplified(atlas, 1);
  CHECK(has_edge(shapes.regions[0], {180, 0}, {180, 5}));
  CHECK_FALSE(has_edge(shapes.regions[0], {170, 0}, {175, 0.1}));
}
