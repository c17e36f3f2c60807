#include "cartography/tile.hpp"

#include <doctest/doctest.h>

namespace kordon::cartography::test {

TEST_CASE("the only tile of zoom 0 is the world, and one of zoom 6 has the corners that OGC's matrix gives it") {
  const auto world = box_of({0, 0, 0});
  CHECK(world.west_deg == -180);
  CHECK(world.east_deg == 180);
  CHECK(world.north_deg == doctest::Approx(85.5134).epsilon(1e-5));

  // Kharkiv, 49.99 N, 36.23 E, lies in 6/21/38: 33.75 to 39.375 E, 48.922 to 52.483 N.
  const auto box = box_of({6, 21, 38});
  const double buffer_deg = 5.625 * 64 / 4096;
  CHECK(box.west_deg == doctest::Approx(33.75 - buffer_deg));
  CHECK(box.east_deg == doctest::Approx(39.375 + buffer_deg));
  CHECK(box.south_deg == doctest::Approx(48.9225 - 0.0577).epsilon(1e-5));
  CHECK(box.north_deg == doctest::Approx(52.4828 + 0.0536).epsilon(1e-5));
}

TEST_CASE("places are counted from the tile's north-west corner, to the right and down") {
  const Tile tile{6, 21, 38};
  const auto points = quantized({{33.75, 52.482780222078226}, {39.375, 48.92249926375824}}, tile);
  REQUIRE(points.size() == 2);
  CHECK(points[0] == TilePoint{0, 0});
  CHECK(points[1] == TilePoint{4096, 4096});
  CHECK(quantized({{34, 50}, {34.00001, 50}, {35, 50}}, tile).size() == 2);
}

TEST_CASE("the poles are drawn at the end of the square") {
  CHECK(quantized({{0, 90}, {0, -90}}, {0, 0, 0}) == TileLine{{2048, 0}, {2048, 4096}});
}

TEST_CASE("what may be left out is a quarter of a pixel, and less of latitude") {
  CHECK(max_offset_deg({0, 0, 0}) == doctest::Approx(360.0 / 1024 * 0.0863).epsilon(1e-3));
  CHECK(max_offset_deg({6, 21, 38}) == doctest::Approx(5.625 / 1024 * 0.6082).epsilon(1e-3));
}

TEST_CASE("a ring that runs clockwise on the screen has a positive area") {
  CHECK(doubled_area({{0, 0}, {4, 0}, {4, 3}, {0, 3}, {0, 0}}) == 24);
  CHECK(doubled_area({{0, 0}, {0, 3}, {4, 3}, {4, 0}, {0, 0}}) == -24);
}

TEST_CASE("a line is cut at the box, into as many pieces as it has there") {
  const Box box{0, 0, 10, 10};
  const auto pieces = clipped(geo::Line{{-5, 5}, {5, 5}, {15, 5}, {15, 8}, {5, 8}}, box);
  REQUIRE(pieces.size() == 2);
  CHECK(pieces[0] == geo::Line{{0, 5}, {5, 5}, {10, 5}});
  CHECK(pieces[1] == geo::Line{{10, 8}, {5, 8}});
  CHECK(clipped(geo::Line{{-5, 5}, {-5, 20}, {20, 20}}, box).empty());
  const geo::Line inside{{1, 1}, {2, 2}, {3, 1}};
  CHECK(clipped(inside, box) == std::vector<geo::Line>{inside});
  const std::vector<geo::Line> across{{{0, 5}, {10, 5}}};
  CHECK(clipped(geo::Line{{-10, 5}, {30, 5}}, box) == across);
}

}  // namespace kordon::cartography::test
