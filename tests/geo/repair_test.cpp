#include "geo/atlas/repair.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace kordon::geo;

namespace {

const kordon::geo::Line square{{0, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 0}};

kordon::geo::Line box(kordon::geo::LonLat low, kordon::geo::LonLat high) {
  return {low, {high.lon_deg, low.lat_deg}, high, {low.lon_deg, high.lat_deg}, low};
}

auto check(std::vector<std::vector<kordon::geo::Line>> polygons) {
  return kordon::geo::valid_rings({"drawn.shp: feature 7 (X)", "X", "X", std::move(polygons)}, 50);
}

std::string fault_of(std::vector<std::vector<kordon::geo::Line>> polygons) {
  const auto checked = check(std::move(polygons));
  REQUIRE_FALSE(checked);
  CHECK(checked.error().where == "drawn.shp: feature 7 (X)");
  return checked.error().message;
}

bool says(const std::string& message, const char* part) { return message.find(part) != std::string::npos; }

double area_to_the_left(const std::vector<kordon::geo::Line>& rings) {
  double doubled = 0;
  for (const auto& ring : rings) {
    for (std::size_t i = 1; i < ring.size(); ++i) {
      doubled += ring[i - 1].lon_deg * ring[i].lat_deg - ring[i].lon_deg * ring[i - 1].lat_deg;
    }
  }
  return doubled / 2;
}

}  // namespace

TEST_CASE("a valid polygon keeps every vertex and needs no repair") {
  const auto checked = check({{square}});
  REQUIRE(checked);
  CHECK(checked->repair.empty());
  CHECK(checked->rings == std::vector<kordon::geo::Line>{square});
}

TEST_CASE("whichever way rings run, the interior comes out on the left") {
  for (const bool shell_reversed : {false, true}) {
    for (const bool hole_reversed : {false, true}) {
      auto shell = square;
      auto hole = box({1, 1}, {2, 2});
      if (shell_reversed) shell = kordon::geo::Line(shell.rbegin(), shell.rend());
      if (hole_reversed) hole = kordon::geo::Line(hole.rbegin(), hole.rend());
      const auto checked = check({{shell, hole}});
      REQUIRE(checked);
      CHECK(checked->rings[0] == square);
      CHECK(area_to_the_left(checked->rings) == doctest::Approx(15));
    }
  }
}

TEST_CASE("holes may touch their shell, islands may lie in holes, parts may touch at a vertex") {
  CHECK(check({{square, {{0, 0}, {1, 2}, {2, 1}, {0, 0}}}})->repair.empty());
  CHECK(check({{square, box({1, 1}, {3, 3})}, {box({1.5, 1.5}, {2, 2})}})->repair.empty());
  CHECK(check({{square}, {box({4, 4}, {5, 5})}})->repair.empty());
}

TEST_CASE("a bow-tie has two readings, so it is refused with GEOS's reason and place") {
  const auto message = fault_of({{{{0, 0}, {4, 4}, {4, 0}, {0, 4}, {0, 0}}}});
  CHECK(says(message, "invalid polygon: Self-intersection"));
  CHECK(says(message, "[2 2]"));
  fault_of({{{{0, 0}, {6, 4}, {6, 0}, {0, 4}, {0, 0}}}});
  fault_of({{{{0, 0}, {4, 4}, {4, 2}, {0, 4}, {0, 0}}}});
}

TEST_CASE("a ring that touches itself has one reading and is repaired, with the reason") {
  const auto checked = check({{{{0, 0}, {4, 0}, {2, 2}, {4, 4}, {0, 4}, {2, 2}, {0, 0}}}});
  REQUIRE(checked);
  CHECK(says(checked->repair, "repaired by MakeValid: Ring Self-intersection[2 2]"));
  CHECK(checked->rings.size() == 2);
  CHECK(area_to_the_left(checked->rings) == doctest::Approx(8));
}

TEST_CASE("a hole that a ring draws by touching itself becomes one") {
  const auto checked = check({{{{0, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 0}, {1, 2}, {2, 1}, {0, 0}}}});
  REQUIRE(checked);
  CHECK_FALSE(checked->repair.empty());
  CHECK(checked->rings.size() == 2);
  CHECK(area_to_the_left(checked->rings) == doctest::Approx(14.5));
}

TEST_CASE("a spike has no area and goes") {
  const auto checked = check({{{{0, 0}, {4, 0}, {6, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 0}}}});
  REQUIRE(checked);
  CHECK_FALSE(checked->repair.empty());
  CHECK(area_to_the_left(checked->rings) == doctest::Approx(16));
  for (const auto& vertex : checked->rings[0]) CHECK(vertex.lon_deg <= 4);
}

TEST_CASE("parts that share an edge become one") {
  const auto checked = check({{square}, {box({4, 0}, {6, 4})}});
  REQUIRE(checked);
  CHECK(checked->rings.size() == 1);
  CHECK(area_to_the_left(checked->rings) == doctest::Approx(24));
}

TEST_CASE("a repair moves no vertex") {
  const kordon::geo::Line loop{{0.1, 0.3}, {4.7, 0.1}, {2.3, 2.9}, {4.9, 4.3}, {0.7, 4.1}, {2.3, 2.9}, {0.1, 0.3}};
  const auto checked = check({{loop}, {box({10.1, 10.3}, {10.7, 10.9})}});
  REQUIRE(checked);
  std::size_t vertices = 0;
  for (const auto& ring : checked->rings) {
    vertices += ring.size() - 1;
    for (const auto vertex : ring) {
      const bool on_box = vertex.lon_deg > 10;
      CHECK((on_box || std::ranges::find(loop, vertex) != loop.end()));
    }
  }
  CHECK(vertices == 6 + 4);
}

TEST_CASE("what could be land or no land is refused") {
  SUBCASE("a hole outside its shell") {
    CHECK(says(fault_of({{square, box({6, 6}, {7, 7})}}), "Hole lies outside shell"));
  }
  SUBCASE("a hole that crosses its shell") { fault_of({{square, box({3, 3}, {5, 5})}}); }
  SUBCASE("a hole in a hole") { fault_of({{square, box({1, 1}, {3, 3}), box({1.5, 1.5}, {2, 2})}}); }
  SUBCASE("a hole as large as its shell") { fault_of({{square, square}}); }
  SUBCASE("parts that overlap") { fault_of({{square}, {box({3, 3}, {5, 5})}}); }
  SUBCASE("a part inside another") { fault_of({{square}, {box({1, 1}, {2, 2})}}); }
  SUBCASE("the same part twice") { fault_of({{square}, {square}}); }
  SUBCASE("a ring without area") { CHECK(says(fault_of({{{{0, 0}, {1, 1}, {2, 2}, {0, 0}}}}), "no polygon")); }
}

TEST_CASE("a fault is refused however small it is beside the whole") {
  const kordon::geo::Line half_the_world{{0, -60}, {180, -60}, {180, 60}, {0, 60}, {0, -60}};
  const auto islet = box({-10, 50}, {-9.95, 50.05});
  fault_of({{half_the_world}, {islet}, {islet}});
  fault_of({{half_the_world, islet}});
}
