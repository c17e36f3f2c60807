#include "cartography/polygon.hpp"

#include <doctest/doctest.h>

using namespace kordon;

namespace {

kordon::geo::Line shell(double low, double high) {
  return {{low, low}, {high, low}, {high, high}, {low, high}, {low, low}};
}
kordon::geo::Line hole(double low, double high) {
  return {{low, low}, {low, high}, {high, high}, {high, low}, {low, low}};
}

}  // namespace

TEST_CASE("each hole goes to the innermost shell around it") {
  const auto polygons =
      kordon::cartography::polygons_of({shell(0, 100), hole(10, 90), shell(20, 80), hole(30, 40), hole(50, 60)});
  REQUIRE(polygons.size() == 2);
  CHECK(polygons[0] == kordon::cartography::Polygon{shell(20, 80), hole(30, 40), hole(50, 60)});
  CHECK(polygons[1] == kordon::cartography::Polygon{shell(0, 100), hole(10, 90)});
}

TEST_CASE("a hole that touches its shell in a point stays with it") {
  const kordon::geo::Line tip{{0, 50}, {20, 60}, {20, 40}, {0, 50}};
  const auto polygons = kordon::cartography::polygons_of({shell(0, 100), tip, shell(200, 300)});
  REQUIRE(polygons.size() == 2);
  CHECK((polygons[0].size() == 2 || polygons[1].size() == 2));
  for (const auto& polygon : polygons) CHECK((polygon.size() == 2) == (polygon[0] == shell(0, 100)));
}
