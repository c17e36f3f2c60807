#include "geo/atlas/unions.hpp"

#include <doctest/doctest.h>

#include "geo/atlas/topology.hpp"
#include "tests/geo/atlas_from_wkt.hpp"
#include "tests/geo/standing.hpp"

namespace kordon::geo::test {
namespace {

Standing standing(const Atlas& atlas, const char* id, LonLat at) {
  return standing_of(Index(atlas), atlas.find_region(id).value(), at);
}

}  // namespace

TEST_CASE("regions that lie side by side are one region, and what they share has no distance") {
  auto atlas = atlas_from_wkt({{"A", "POLYGON((0 0,5 0,5 3,5 9,0 9,0 0))"},
                               {"B", "POLYGON((5 0,9 0,9 9,5 9,5 3,5 0))"},
                               {"C", "POLYGON((9 0,12 0,12 9,9 9,9 0))"}});
  Faults faults;
  add_union({"A", "B"}, atlas.regions, faults);
  REQUIRE(faults.empty());
  derive_topology(atlas);
  CHECK(atlas.borders.size() == 2);  // A|B and B|C: a union has none
  const auto inner = standing(atlas, "A+B", {5, 4.5});
  CHECK(inner.side == Side::inside);
  // By GeographicLib: 4 degrees of longitude at 4.5 degrees north are some 443.9 km.
  CHECK(inner.distance_m == doctest::Approx(443'900).epsilon(0.001));
  CHECK(standing(atlas, "A+B", {10, 4}).side == Side::outside);
}

TEST_CASE("a union of what is not there, or overlaps, is refused") {
  auto atlas = atlas_from_wkt({{"A", "POLYGON((0 0,5 0,5 5,0 5,0 0))"}, {"B", "POLYGON((0 0,5 0,5 2,0 2,0 0))"}});
  Faults faults;
  add_union({"A", "X"}, atlas.regions, faults);
  REQUIRE(faults.size() == 1);
  CHECK(faults[0].message.contains("region 'X' is in no layer"));
  add_union({"A", "B"}, atlas.regions, faults);
  CHECK(faults.size() == 2);
  CHECK(faults[1].message.contains("overlap"));
}

}  // namespace kordon::geo::test
