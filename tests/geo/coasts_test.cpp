#include "geo/atlas/coasts.hpp"

#include <doctest/doctest.h>

#include "geo/atlas/topology.hpp"
#include "geo/atlas/unions.hpp"
#include "tests/geo/atlas_from_wkt.hpp"
#include "tests/geo/oracle.hpp"
#include "tests/geo/standing.hpp"

namespace kordon::geo::test {
namespace {

double distance_m(const Atlas& atlas, const char* id, LonLat at) {
  return standing_of(Index(atlas), atlas.find_border(id).value(), at).distance_m;
}

/// An island of two countries: B lies east of A, and C in A, with a border all round.
Atlas island() {
  return atlas_from_wkt({{"A", "POLYGON((0 0,5 0,5 9,0 9,0 0),(1 1,1 2,2 2,2 1,1 1))"},
                         {"B", "POLYGON((5 0,9 0,9 9,5 9,5 0))"},
                         {"C", "POLYGON((1 1,2 1,2 2,1 2,1 1))"}});
}

}  // namespace

TEST_CASE("a coast is what no other region shares of a boundary, and a boundary is all of it") {
  auto atlas = island();
  Faults faults;
  for (const auto* id : {"A|", "A|*"}) add_line_of_region(id, atlas, faults);
  REQUIRE(faults.empty());
  // By GeographicLib, to the edges that are meant.
  const oracle::Distance coast({{{5, 9}, {0, 9}, {0, 0}, {5, 0}}});
  const oracle::Distance boundary({{{5, 9}, {0, 9}, {0, 0}, {5, 0}, {5, 9}}, {{1, 1}, {1, 2}, {2, 2}, {2, 1}, {1, 1}}});
  for (const LonLat at : {LonLat{4.5, 4.5}, {1.5, 1.2}, {-1, 4}, {6, 8}, {3, 11}}) {
    CHECK(std::abs(distance_m(atlas, "A|", at) - coast.to(at)) < 0.01);
    CHECK(std::abs(distance_m(atlas, "A|*", at) - boundary.to(at)) < 0.01);
  }
}

TEST_CASE("a union beside a coast does not take it away, and regions that overlap share it") {
  auto atlas = island();
  Faults faults;
  add_union({"A", "B"}, atlas.regions, faults);
  derive_topology(atlas);
  add_line_of_region("B|", atlas, faults);
  REQUIRE(faults.empty());
  const oracle::Distance coast({{{5, 0}, {9, 0}, {9, 9}, {5, 9}}});
  CHECK(std::abs(distance_m(atlas, "B|", {5.5, 4.5}) - coast.to({5.5, 4.5})) < 0.01);
}

TEST_CASE("a region without a coast has none, and one that is in no layer neither") {
  auto atlas = island();
  Faults faults;
  add_line_of_region("C|", atlas, faults);
  add_line_of_region("X|*", atlas, faults);
  REQUIRE(faults.size() == 2);
  CHECK(faults[0].message == "region 'C' has no coast: others share all of its boundary");
  CHECK(faults[1].message == "region 'X' is in no layer");
}

TEST_CASE("what a coast has side by side with neighbours is said") {
  auto atlas = island();
  atlas.side_by_side.push_back({.first = 0, .second = 1, .length_m = 1200, .within_m = 100});
  Faults faults;
  for (const auto* id : {"A|", "A|*"}) add_line_of_region(id, atlas, faults);
  CHECK(atlas.borders[atlas.find_border("A|").value() - atlas.regions.size()].unshared_m == 1200);
  CHECK(atlas.borders[atlas.find_border("A|*").value() - atlas.regions.size()].unshared_m == 0);
}

}  // namespace kordon::geo::test
