#include "geo/index.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cmath>

#include "geo/atlas/topology.hpp"
#include "geo/earth/geodesic.hpp"
#include "tests/geo/atlas_from_wkt.hpp"
#include "tests/geo/oracle.hpp"
#include "tests/geo/shipped.hpp"
#include "tests/geo/standing.hpp"

using namespace kordon::geo;

namespace {

struct Map {
  kordon::geo::Atlas atlas;
  kordon::geo::Index index;

  explicit Map(std::initializer_list<WktRegion> regions) : atlas(atlas_from_wkt(regions)), index(atlas) {}

  [[nodiscard]] kordon::geo::Standing at(const char* id, kordon::geo::LonLat place) const {
    const auto target = atlas.find_region(id) ? *atlas.find_region(id) : atlas.find_border(id).value();
    return kordon::geo::test::standing_of(index, target, place);
  }
};

void compare_with_oracle(const Map& map, const std::vector<kordon::geo::LonLat>& places) {
  for (std::size_t r = 0; r < map.atlas.regions.size(); ++r) {
    const auto& region = map.atlas.regions[r];
    const kordon::geo::oracle::Distance distance(kordon::geo::oracle::lines_of(region));
    const kordon::geo::oracle::Containment containment(region);
    for (const auto place : places) {
      const auto got = map.at(region.id.c_str(), place);
      CAPTURE(region.id);
      CAPTURE(place.lon_deg);
      CAPTURE(place.lat_deg);
      CHECK(std::abs(got.distance_m - distance.to(place)) < 0.01);
      CHECK(std::abs(kordon::geo::inverse(place, got.nearest).distance_m - got.distance_m) < 0.01);
      if (got.distance_m > 1e-3) CHECK((got.side == kordon::geo::Side::inside) == containment.inside(place));
    }
  }
}

std::vector<kordon::geo::LonLat> places_over_the_world(int count) {
  std::mt19937_64 random(20240530);
  std::vector<kordon::geo::LonLat> places;
  for (int i = 0; i < count; ++i) places.push_back(kordon::geo::oracle::random_place(random));
  return places;
}

}  // namespace

TEST_CASE("a region with a hole and an island in it agrees with the oracles everywhere") {
  const Map map{{"A", "MULTIPOLYGON(((0 0,10 0,10 10,0 10,0 0),(2 2,2 8,8 8,8 2,2 2)),((4 4,6 4,6 6,4 6,4 4)))"}};
  compare_with_oracle(map, places_over_the_world(300));
  std::mt19937_64 random(1);
  std::vector<kordon::geo::LonLat> places;
  for (int i = 0; i < 1000; ++i) places.push_back(kordon::geo::oracle::random_place(random, {-2, -2}, {12, 12}));
  compare_with_oracle(map, places);
}

TEST_CASE("edges are straight in longitude and latitude, however long") {
  const Map map{{"A", "POLYGON((-60 50,60 50,60 60,-60 60,-60 50))"}};
  CHECK(map.at("A", {0, 50}).side == kordon::geo::Side::on_line);
  CHECK(map.at("A", {0, 50.001}).side == kordon::geo::Side::inside);
  CHECK(map.at("A", {13.37, 49.999}).distance_m == doctest::Approx(111.24).epsilon(0.001));
  std::mt19937_64 random(2);
  std::vector<kordon::geo::LonLat> places;
  for (int i = 0; i < 300; ++i) places.push_back(kordon::geo::oracle::random_place(random, {-70, 40}, {70, 70}));
  compare_with_oracle(map, places);
}

TEST_CASE("the nearest point of a long slanted edge is right from afar") {
  const Map map{{"A", "POLYGON((-40 -20,70 30,40 55,-75 5,-40 -20))"}};
  compare_with_oracle(map, places_over_the_world(300));
}

TEST_CASE("between 400 and 2,000 km from an edge, along parallels and meridians and across them, distances are right") {
  const Map map{{"A", "POLYGON((20 52,50 52,50 68,35 71,20 68,20 52))"}, {"B", "POLYGON((0 -5,1 5,-20 4,0 -5))"}};
  std::mt19937_64 random(15);
  std::vector<kordon::geo::LonLat> places;
  for (const kordon::geo::LonLat from : {kordon::geo::LonLat{35, 60}, {20, 68}, {42, 52}, {50, 62}, {0, 0}}) {
    for (int i = 0; i < (kordon::geo::is_sanitized ? 3 : 60); ++i) {
      const auto towards = kordon::geo::oracle::random_place(random);
      places.push_back(kordon::geo::direct(from, towards.lon_deg, 400e3 + 1700e3 * std::abs(towards.lat_deg) / 90));
    }
  }
  compare_with_oracle(map, places);
}

TEST_CASE("what lies between two edges to a pole belongs to neither region") {
  const Map map{{"W", "POLYGON((0 60,10 60,10 90,0 90,0 60))"}, {"E", "POLYGON((10 60,20 60,20 90,15 90,10 60))"}};
  CHECK(map.at("E", {12, 80}).side == kordon::geo::Side::outside);
  CHECK(map.at("W", {12, 80}).side == kordon::geo::Side::outside);
  CHECK(map.at("E", {14, 80}).side == kordon::geo::Side::inside);
}

TEST_CASE("the cut at 180 degrees is no border") {
  const Map map{
      {"A", "MULTIPOLYGON(((170 60,180 60,180 70,170 70,170 60)),((-180 60,-170 60,-170 70,-180 70,-180 60)))"}};
  const auto place = map.at("A", {180, 65});
  CHECK(place.side == kordon::geo::Side::inside);
  CHECK(place.distance_m > 400e3);
  CHECK(map.at("A", {-180, 65}).distance_m == place.distance_m);
  CHECK(map.at("A", {-180, 60}).side == kordon::geo::Side::on_line);
  CHECK(map.at("A", {179.999, 59.99}).side == kordon::geo::Side::outside);
  CHECK(map.at("A", {-179.999, 60.01}).side == kordon::geo::Side::inside);
}

TEST_CASE("an edge on the antimeridian is a border where the region lies on one side of it only") {
  const Map map{{"A", "POLYGON((170 60,180 60,180 70,170 70,170 60))"}};
  CHECK(map.at("A", {180, 65}).side == kordon::geo::Side::on_line);
  CHECK(map.at("A", {-180, 65}).side == kordon::geo::Side::on_line);
  CHECK(map.at("A", {179.9, 65}).side == kordon::geo::Side::inside);
  CHECK(map.at("A", {-179.9, 65}).side == kordon::geo::Side::outside);
}

TEST_CASE("a region that holds a pole has no border there") {
  const Map map{{"S", "POLYGON((-180 -90,180 -90,180 -70,-180 -70,-180 -90))"},
                {"N", "POLYGON((-180 80,180 80,180 90,-180 90,-180 80))"}};
  CHECK(map.at("S", {0, -90}).side == kordon::geo::Side::inside);
  CHECK(map.at("S", {123, -90}).distance_m == doctest::Approx(2232e3).epsilon(0.01));
  CHECK(map.at("N", {0, 90}).side == kordon::geo::Side::inside);
  CHECK(map.at("N", {45, 90}).distance_m == doctest::Approx(map.at("N", {-77, 90}).distance_m));
  CHECK(map.at("N", {45, 89.999999}).side == kordon::geo::Side::inside);
  CHECK(map.at("S", {45, -69.99}).side == kordon::geo::Side::outside);
  CHECK(map.at("S", {180, -75}).side == kordon::geo::Side::inside);
}

TEST_CASE("points on vertices and edges are on the line at distance zero") {
  const Map map{{"A", "POLYGON((30 50,31 50,31.5 51,30 51,30 50))"}};
  for (const kordon::geo::LonLat place :
       {kordon::geo::LonLat{30, 50}, {31.5, 51}, {30.5, 50}, {31.25, 50.5}, {30, 50.25}}) {
    const auto got = map.at("A", place);
    CHECK(got.side == kordon::geo::Side::on_line);
    CHECK(got.distance_m < 1e-3);
  }
}

TEST_CASE("the side at a vertex follows the corner, where rings touch too") {
  const Map map{{"A", "MULTIPOLYGON(((0 0,1 1,0 2,-1 1,0 0)),((0 0,-1 -1,0 -2,1 -1,0 0)))"}};
  CHECK(map.at("A", {0.5, 0}).side == kordon::geo::Side::outside);
  CHECK(map.at("A", {-0.5, 0}).side == kordon::geo::Side::outside);
  CHECK(map.at("A", {0, 0.01}).side == kordon::geo::Side::inside);
  CHECK(map.at("A", {0, -0.01}).side == kordon::geo::Side::inside);
  const Map reflex{{"A", "POLYGON((0 0,4 0,4 4,2 2,0 4,0 0))"}};
  CHECK(reflex.at("A", {2, 1.9}).side == kordon::geo::Side::inside);
  CHECK(reflex.at("A", {2, 2.1}).side == kordon::geo::Side::outside);
  CHECK(reflex.at("A", {4.1, 4.1}).side == kordon::geo::Side::outside);
}

TEST_CASE("an enclave is a border of its neighbour and a hole in it") {
  const Map map{{"A", "POLYGON((0 0,10 0,10 10,0 10,0 0),(4 4,4 6,6 6,6 4,4 4))"},
                {"B", "POLYGON((4 4,6 4,6 6,4 6,4 4))"}};
  CHECK(map.at("A", {5, 5}).side == kordon::geo::Side::outside);
  CHECK(map.at("B", {5, 5}).side == kordon::geo::Side::inside);
  CHECK(map.at("A|B", {5, 5}).distance_m == map.at("B", {5, 5}).distance_m);
  CHECK(map.at("A|B", {0, 0}).distance_m > 600e3);
}

TEST_CASE("beyond an end of a border section the nearest point is that end to the last bit") {
  std::mt19937_64 random(8);
  const auto triangle = [](kordon::geo::LonLat a, kordon::geo::LonLat b, kordon::geo::LonLat c) {
    return fmt::format("POLYGON(({0} {1},{2} {3},{4} {5},{0} {1}))", a.lon_deg, a.lat_deg, b.lon_deg, b.lat_deg,
                       c.lon_deg, c.lat_deg);
  };
  const auto along = [](kordon::geo::LonLat from, kordon::geo::LonLat to, double steps) {
    return kordon::geo::LonLat{from.lon_deg + steps * (to.lon_deg - from.lon_deg),
                               from.lat_deg + steps * (to.lat_deg - from.lat_deg)};
  };
  for (int i = 0; i < 100; ++i) {
    // Beside 0, where adding the difference of two numbers to one of them seldom gives the other.
    const auto p = kordon::geo::oracle::random_place(random, {-0.01, -0.01}, {0.01, 0.01});
    const auto q = kordon::geo::oracle::random_place(random, {-0.01, -0.01}, {0.01, 0.01});
    const double dx = q.lon_deg - p.lon_deg;
    const double dy = q.lat_deg - p.lat_deg;
    const Map map{{"A", triangle(p, q, {p.lon_deg - dy, p.lat_deg + dx})},
                  {"B", triangle(q, p, {q.lon_deg + dy, q.lat_deg - dx})}};
    CHECK(map.at("A|B", along(p, q, 1.5)).nearest == q);
    CHECK(map.at("A|B", along(p, q, -0.5)).nearest == p);
  }
}

TEST_CASE("an oblast inside its state shares the state's border but makes none with the state") {
  const Map map{{"R", "POLYGON((5 0,10 0,10 9,5 9,5 6,5 3,5 0))"},
                {"U", "POLYGON((0 0,5 0,5 3,5 6,5 9,0 9,0 0))"},
                {"U-1", "POLYGON((3 3,5 3,5 6,3 6,3 3))"}};
  REQUIRE(map.atlas.borders.size() == 2);
  CHECK(map.atlas.borders[0].id == "R|U");
  CHECK(map.atlas.borders[0].lines.size() == 1);
  CHECK(map.atlas.borders[0].lines[0].size() == 4);
  CHECK(map.atlas.borders[1].id == "R|U-1");
  CHECK(map.at("U-1|R", {6, 8}).distance_m > map.at("R|U", {6, 8}).distance_m);
}

TEST_CASE("edges along parallels near a pole agree with the oracles from afar") {
  for (const double lat_deg : {80.0, 85.0, 87.0, 89.3}) {
    std::string ring;
    for (int lon_deg = 0; lon_deg <= 60; ++lon_deg) ring += fmt::format("{} {},", lon_deg, lat_deg);
    const Map map{{"A", fmt::format("POLYGON(({0}60 {1},0 {1},0 {2}))", ring, lat_deg - 2, lat_deg)}};
    std::mt19937_64 random(9);
    std::vector<kordon::geo::LonLat> places;
    while (places.size() < (kordon::geo::is_sanitized ? 10 : 100)) {
      const auto from = kordon::geo::oracle::random_place(random, {0, lat_deg - 2}, {60, lat_deg});
      places.push_back(
          kordon::geo::direct(from, kordon::geo::oracle::random_place(random).lon_deg, 1900e3 * from.lon_deg / 60));
    }
    compare_with_oracle(map, places);
  }
}

TEST_CASE("runs of edges shorter than can be told agree with the oracles from afar") {
  std::mt19937_64 random(10);
  std::uniform_real_distribution<double> digits(-10, -6.5);
  std::string ring;
  kordon::geo::LonLat at{36, 50};
  for (int i = 0; i < 300; ++i) {
    ring += fmt::format("{} {},", at.lon_deg, at.lat_deg);
    at = {at.lon_deg + std::pow(10, digits(random)), at.lat_deg + (i % 2 - 0.4) * std::pow(10, digits(random))};
  }
  const Map map{{"A", fmt::format("POLYGON(({}36.1 50,36.1 49.9,36 49.9,36 50))", ring)}};
  std::vector<kordon::geo::LonLat> places;
  while (places.size() < (kordon::geo::is_sanitized ? 10 : 100)) {
    const auto towards = kordon::geo::oracle::random_place(random);
    places.push_back(kordon::geo::direct({36, 50}, towards.lon_deg, 300e3 * std::abs(towards.lat_deg) / 90));
  }
  compare_with_oracle(map, places);
}

TEST_CASE("random polygons agree with the oracles") {
  std::mt19937_64 random(7);
  std::uniform_real_distribution<double> radius(0.2, 1.0);
  for (const kordon::geo::LonLat centre : {kordon::geo::LonLat{36, 50}, {-179, 10}, {20, 83}, {100, -60}}) {
    std::string wkt = "POLYGON((";
    std::string first;
    for (int i = 0; i < 200; ++i) {
      const double r = radius(random);
      const double angle = i * 3.14159265358979 / 100;
      const auto vertex = std::to_string(centre.lon_deg + r * std::cos(angle)) + " " +
                          std::to_string(centre.lat_deg + r * std::sin(angle));
      if (i == 0) first = vertex;
      wkt += vertex + ",";
    }
    const Map map{{"A", wkt + first + "))"}};
    std::vector<kordon::geo::LonLat> places;
    for (int i = 0; i < 300; ++i) {
      places.push_back(kordon::geo::oracle::random_place(random, {centre.lon_deg - 1, centre.lat_deg - 2},
                                                         {centre.lon_deg + 2, centre.lat_deg + 2}));
    }
    compare_with_oracle(map, places);
  }
}
