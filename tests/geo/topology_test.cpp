#include "geo/atlas/topology.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/geo/atlas_from_wkt.hpp"

using namespace kordon::geo;

namespace {

std::vector<std::string> border_ids(const kordon::geo::Atlas& atlas) {
  std::vector<std::string> ids;
  for (const auto& border : atlas.borders) ids.push_back(border.id);
  return ids;
}

using Ids = std::vector<std::string>;

const kordon::geo::Border& border(const kordon::geo::Atlas& atlas, const char* id) {
  return atlas.borders[atlas.find_border(id).value() - atlas.regions.size()];
}

std::size_t arc_edges(const kordon::geo::Atlas& atlas) {
  std::size_t edges = 0;
  for (const auto& arc : atlas.arcs) edges += arc.line.size() - 1;
  return edges;
}

}  // namespace

TEST_CASE("two regions that share edges have a border, directed with the first one on its left") {
  const auto atlas =
      atlas_from_wkt({{"W", "POLYGON((0 0,5 0,5 3,5 9,0 9,0 0))"}, {"E", "POLYGON((5 0,9 0,9 9,5 9,5 3,5 0))"}});
  REQUIRE(border_ids(atlas) == Ids{"E|W"});
  CHECK(atlas.regions[atlas.borders[0].first].id == "E");
  CHECK(atlas.regions[atlas.borders[0].second].id == "W");
  CHECK(atlas.borders[0].lines == std::vector<kordon::geo::Line>{{{5, 9}, {5, 3}, {5, 0}}});
}

TEST_CASE("a border is found by its ids in either order, and by nothing else") {
  const auto atlas = atlas_from_wkt({{"W", "POLYGON((0 0,5 0,5 9,0 9,0 0))"}, {"E", "POLYGON((5 0,9 0,9 9,5 9,5 0))"}});
  CHECK(atlas.find_border("E|W") == kordon::geo::Target{2});
  CHECK(atlas.find_border("W|E") == kordon::geo::Target{2});
  for (const char* id : {"", "|", "E", "E|", "|E", "E|E", "E|W|E", "e|w"}) CHECK_FALSE(atlas.find_border(id));
  CHECK(atlas.find_region("W") == kordon::geo::Target{0});
  CHECK_FALSE(atlas.find_region("E|W"));
  CHECK(atlas.id_of(1) == "E");
  CHECK(atlas.id_of(2) == "E|W");
}

TEST_CASE("a border is as inaccurate as the worse of its two regions") {
  auto atlas = atlas_from_wkt({{"W", "POLYGON((0 0,5 0,5 9,0 9,0 0))"}, {"E", "POLYGON((5 0,9 0,9 9,5 9,5 0))"}});
  atlas.regions[0].accuracy_m = 280;
  atlas.regions[1].accuracy_m = 4000;
  kordon::geo::derive_topology(atlas);
  CHECK(atlas.accuracy_m_of(0) == 280);
  CHECK(atlas.accuracy_m_of(2) == 4000);
}

TEST_CASE("touching at a vertex, crossing and lying a hair apart make no border") {
  CHECK(atlas_from_wkt({{"A", "POLYGON((0 0,1 0,1 1,0 1,0 0))"}, {"B", "POLYGON((1 1,2 1,2 2,1 2,1 1))"}})
            .borders.empty());
  CHECK(atlas_from_wkt({{"A", "POLYGON((0 0,2 0,2 2,0 2,0 0))"}, {"B", "POLYGON((1 1,3 1,3 3,1 3,1 1))"}})
            .borders.empty());
  CHECK(atlas_from_wkt({{"A", "POLYGON((0 0,1 0,1 1,0 1,0 0))"},
                        {"B", "POLYGON((1.0000000000000002 0,2 0,2 1,1.0000000000000002 1,1.0000000000000002 0))"}})
            .borders.empty());
}

TEST_CASE("an edge counts as shared only where both regions have both of its vertices") {
  const auto atlas =
      atlas_from_wkt({{"W", "POLYGON((0 0,5 0,5 4,5 9,0 9,0 0))"}, {"E", "POLYGON((5 0,9 0,9 9,5 9,5 6,5 4,5 0))"}});
  CHECK(border(atlas, "E|W").lines == std::vector<kordon::geo::Line>{{{5, 4}, {5, 0}}});
}

TEST_CASE("three countries meet in three borders at a tripoint") {
  const auto atlas = atlas_from_wkt({{"A", "POLYGON((0 0,5 0,5 5,0 5,0 0))"},
                                     {"B", "POLYGON((5 0,9 0,9 5,5 5,5 0))"},
                                     {"C", "POLYGON((0 5,5 5,9 5,9 9,0 9,0 5))"}});
  CHECK(border_ids(atlas) == Ids{"A|B", "A|C", "B|C"});
  for (const auto& each : atlas.borders) CHECK(each.lines.size() == 1);
}

TEST_CASE("a ring's first vertex does not cut its border") {
  const char* starts[] = {"5 0,9 0,9 9,5 9,5 6,5 3,5 0", "5 6,5 3,5 0,9 0,9 9,5 9,5 6", "5 3,5 0,9 0,9 9,5 9,5 6,5 3"};
  for (const std::string start : starts) {
    const auto atlas =
        atlas_from_wkt({{"W", "POLYGON((0 0,5 0,5 3,5 6,5 9,0 9,0 0))"}, {"E", "POLYGON((" + start + "))"}});
    CHECK(border(atlas, "E|W").lines == std::vector<kordon::geo::Line>{{{5, 9}, {5, 6}, {5, 3}, {5, 0}}});
  }
}

TEST_CASE("borders come in as many lines as there are gaps") {
  const auto atlas = atlas_from_wkt(
      {{"W", "POLYGON((0 0,5 0,5 3,4 4,5 5,5 9,0 9,0 0))"}, {"E", "POLYGON((5 0,9 0,9 9,5 9,5 5,6 4,5 3,5 0))"}});
  CHECK(border(atlas, "E|W").lines.size() == 2);
}

TEST_CASE("an enclave's border is a closed line") {
  const auto atlas = atlas_from_wkt(
      {{"A", "POLYGON((0 0,9 0,9 9,0 9,0 0),(4 4,4 6,6 6,6 4,4 4))"}, {"B", "POLYGON((4 4,6 4,6 6,4 6,4 4))"}});
  const auto& lines = border(atlas, "A|B").lines;
  REQUIRE(lines.size() == 1);
  CHECK(lines[0].size() == 5);
  CHECK(lines[0].front() == lines[0].back());
}

TEST_CASE("a border goes on from one part of a country to the next where they touch") {
  const auto atlas = atlas_from_wkt({{"A", "MULTIPOLYGON(((0 0,5 0,5 3,0 2,0 0)),((0 4,5 3,5 6,0 6,0 4)))"},
                                     {"B", "POLYGON((5 0,9 0,9 6,5 6,5 3,5 0))"}});
  CHECK(border(atlas, "A|B").lines == std::vector<kordon::geo::Line>{{{5, 0}, {5, 3}, {5, 6}}});
}

TEST_CASE("every edge lies in exactly one arc, however many regions share it") {
  const auto atlas = atlas_from_wkt({{"R", "POLYGON((5 0,9 0,9 9,5 9,5 6,5 3,5 0))"},
                                     {"U", "POLYGON((0 0,5 0,5 3,5 6,5 9,0 9,0 0))"},
                                     {"U-1", "POLYGON((3 3,5 3,5 6,3 6,3 3))"}});
  CHECK(border_ids(atlas) == Ids{"R|U", "R|U-1"});
  CHECK(arc_edges(atlas) == 6 + 6 + 4 - 3 - 1);
  const auto shared = std::ranges::find_if(
      atlas.arcs, [](const kordon::geo::Arc& arc) { return arc.left.size() + arc.right.size() == 3; });
  REQUIRE(shared != atlas.arcs.end());
  CHECK(shared->line.size() == 2);
}

TEST_CASE("a border across the antimeridian is cut there, as lines in degrees have to be") {
  const auto atlas = atlas_from_wkt(
      {{"S", "MULTIPOLYGON(((170 60,180 60,180 65,170 65,170 60)),((-180 60,-170 60,-170 65,-180 65,-180 60)))"},
       {"N", "MULTIPOLYGON(((170 65,180 65,180 70,170 70,170 65)),((-180 65,-170 65,-170 70,-180 70,-180 65)))"}});
  CHECK(border_ids(atlas) == Ids{"N|S"});
  CHECK(border(atlas, "N|S").lines == std::vector<kordon::geo::Line>{{{170, 65}, {180, 65}}, {{-180, 65}, {-170, 65}}});
}

TEST_CASE("a border along the antimeridian has 180 degrees in one region and -180 in the other") {
  const auto atlas = atlas_from_wkt({{"W", "POLYGON((170 60,180 60,180 70,170 70,170 60))"},
                                     {"E", "POLYGON((-180 60,-170 60,-170 70,-180 70,-180 60))"}});
  CHECK(border_ids(atlas) == Ids{"E|W"});
  CHECK(border(atlas, "E|W").lines.size() == 1);
}

TEST_CASE("edges that end at a pole on different longitudes are different lines") {
  const std::string west = "POLYGON((0 60,10 60,10 90,0 90,0 60))";
  CHECK(atlas_from_wkt({{"W", west}, {"E", "POLYGON((10 60,20 60,20 90,10 90,10 60))"}}).borders.size() == 1);
  const auto slanted = atlas_from_wkt({{"W", west}, {"E", "POLYGON((10 60,20 60,20 90,15 90,10 60))"}});
  CHECK(slanted.borders.empty());
  CHECK(arc_edges(slanted) == 3 + 3);
}

TEST_CASE("edges between the same places that take opposite ways around the Earth are different lines") {
  const auto atlas =
      atlas_from_wkt({{"A", "POLYGON((0 60,180 60,90 70,0 60))"}, {"B", "POLYGON((-180 60,0 60,-90 50,-180 60))"}});
  CHECK(arc_edges(atlas) == 3 + 3);
}
