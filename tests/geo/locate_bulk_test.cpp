// Many positions together against one by one, bit for bit.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <array>
#include <cmath>
#include <vector>

#include "geo/atlas/topology.hpp"
#include "geo/bulk_query/workspace.hpp"
#include "geo/earth/geodesic.hpp"
#include "geo/index.hpp"
#include "tests/geo/atlas_from_wkt.hpp"
#include "tests/geo/oracle.hpp"
#include "tests/geo/shipped.hpp"

using namespace kordon::geo;

namespace {

struct Together {
  std::vector<double> lon_deg, lat_deg;
  std::vector<std::vector<double>> signed_m;
  std::vector<std::vector<kordon::geo::LonLat>> nearest;

  Together(const kordon::geo::Index& index, const std::vector<kordon::geo::LonLat>& places)
      : signed_m(index.target_count(), std::vector<double>(places.size())),
        nearest(index.target_count(), std::vector<kordon::geo::LonLat>(places.size())) {
    for (const auto place : places) {
      lon_deg.push_back(place.lon_deg);
      lat_deg.push_back(place.lat_deg);
    }
    std::vector<kordon::geo::Column> columns;
    for (kordon::geo::Target target = 0; target < index.target_count(); ++target) {
      columns.push_back({target, signed_m[target], nearest[target]});
    }
    index.locate(lon_deg, lat_deg, columns);
  }
};

/// Of all positions and targets, how many differ in any bit.
std::size_t differences(const kordon::geo::Index& index, const std::vector<kordon::geo::LonLat>& places) {
  const Together together(index, places);
  std::size_t differ = 0;
  for (std::size_t i = 0; i < places.size(); ++i) {
    for (kordon::geo::Target target = 0; target < index.target_count(); ++target) {
      kordon::geo::Standing alone;
      index.locate(kordon::geo::Position::checked(places[i]).value(), {&target, 1}, {&alone, 1});
      const bool same =
          alone.margin_m() == together.signed_m[target][i] && alone.nearest == together.nearest[target][i];
      if (!same && differ++ == 0) {
        MESSAGE("target " << target << " at " << places[i].lon_deg << " " << places[i].lat_deg << ": alone "
                          << alone.margin_m() << ", together " << together.signed_m[target][i]);
      }
    }
  }
  return differ;
}

std::vector<kordon::geo::LonLat> random_places(std::size_t count, kordon::geo::LonLat low, kordon::geo::LonLat high) {
  std::mt19937_64 random(5);
  std::vector<kordon::geo::LonLat> places;
  while (places.size() < count) places.push_back(kordon::geo::oracle::random_place(random, low, high));
  return places;
}

constexpr std::size_t many = kordon::geo::is_sanitized ? 500 : 20'000;

}  // namespace

TEST_CASE("around the shipped border, together and alone are the same to the last bit") {
  const kordon::geo::Index index(kordon::geo::shipped());
  CHECK(differences(index, random_places(many, {33, 48}, {41, 52.5})) == 0);
}

TEST_CASE("within 5 km of the shipped border, too") {
  const kordon::geo::Index index(kordon::geo::shipped());
  std::mt19937_64 random(6);
  std::vector<kordon::geo::LonLat> places;
  while (places.size() < many) {
    places.push_back(kordon::geo::oracle::random_place_near(random, kordon::geo::shipped().borders[0].lines[0], 5000));
  }
  CHECK(differences(index, places) == 0);
}

TEST_CASE("so close together that query blocks are full, too") {
  const kordon::geo::Index index(kordon::geo::shipped());
  auto places = random_places(many, {36.2, 50.2}, {36.5, 50.4});
  CHECK(differences(index, places) == 0);
  // All others have the first bits of their keys in common then.
  places.push_back({-170, -60});
  CHECK(differences(index, places) == 0);
}

TEST_CASE("on vertices and edges of the shipped borders, too") {
  const kordon::geo::Index index(kordon::geo::shipped());
  std::vector<kordon::geo::LonLat> places;
  for (const auto& border : kordon::geo::shipped().borders) {
    const auto& line = border.lines[0];
    for (std::size_t i = 1; i < line.size(); ++i) {
      places.push_back(line[i]);
      places.push_back({(line[i - 1].lon_deg + line[i].lon_deg) / 2, (line[i - 1].lat_deg + line[i].lat_deg) / 2});
    }
  }
  CHECK(differences(index, places) == 0);
}

TEST_CASE("where the nearest point is all but an edge's end, too") {
  const kordon::geo::Index index(kordon::geo::shipped());
  std::vector<kordon::geo::LonLat> places;
  for (const auto& border : kordon::geo::shipped().borders) {
    const auto& line = border.lines[0];
    for (std::size_t i = 1; i < line.size() && places.size() < many; ++i) {
      const double bearing_deg = kordon::geo::inverse(line[i], line[i - 1]).bearing_deg;
      const double length_m = kordon::geo::inverse(line[i], line[i - 1]).distance_m;
      for (const double share : {1e-6, 1e-5, 1e-4, 1e-3}) {
        const auto foot = kordon::geo::direct(line[i], bearing_deg, share * length_m);
        places.push_back(kordon::geo::direct(foot, bearing_deg + 90, 20));
        places.push_back(kordon::geo::direct(foot, bearing_deg - 90, 300));
      }
    }
  }
  CHECK(differences(index, places) == 0);
}

TEST_CASE("far from edges along a parallel near a pole, and from edges shorter than can be told, too") {
  std::mt19937_64 random(9);
  std::uniform_real_distribution<double> digits(-10, -6.5);
  std::string polar;
  for (int lon_deg = 0; lon_deg <= 60; ++lon_deg) polar += std::to_string(lon_deg) + " 88,";
  std::string tiny;
  kordon::geo::LonLat at{36, 50};
  for (int i = 0; i < 300; ++i) {
    tiny += fmt::format("{} {},", at.lon_deg, at.lat_deg);
    at = {at.lon_deg + std::pow(10, digits(random)), at.lat_deg + (i % 2 - 0.4) * std::pow(10, digits(random))};
  }
  const auto atlas = atlas_from_wkt({{"A", "POLYGON((" + polar + "60 86,0 86,0 88))"},
                                     {"B", "POLYGON((" + tiny + "36.1 50,36.1 49.9,36 49.9,36 50))"}});
  const kordon::geo::Index index(atlas);
  std::vector<kordon::geo::LonLat> places;
  while (places.size() < many / 10) {
    const auto towards = kordon::geo::oracle::random_place(random);
    const kordon::geo::LonLat from =
        places.size() % 2 == 0 ? kordon::geo::LonLat{30, 87.5} : kordon::geo::LonLat{36, 50};
    const double reach_m = places.size() % 4 < 2 ? 380e3 : 2100e3;
    places.push_back(kordon::geo::direct(from, towards.lon_deg, reach_m * std::abs(towards.lat_deg) / 90));
  }
  CHECK(differences(index, places) == 0);
}

TEST_CASE("from 100 to 2,500 km around the shipped borders, too") {
  const kordon::geo::Index index(kordon::geo::shipped());
  CHECK(differences(index, random_places(many / 20, {10, 30}, {70, 75})) == 0);
}

TEST_CASE("over the whole world, too") {
  const kordon::geo::Index index(kordon::geo::shipped());
  std::mt19937_64 random(7);
  std::vector<kordon::geo::LonLat> places;
  while (places.size() < many / 100) places.push_back(kordon::geo::oracle::random_place(random));
  CHECK(differences(index, places) == 0);
}

TEST_CASE("with regions at the antimeridian, at a pole, with holes and touching corners, too") {
  for (const auto& regions : {
           std::vector<WktRegion>{{"A",
                                   "MULTIPOLYGON(((170 60,180 60,180 70,170 70,170 60)),"
                                   "((-180 60,-170 60,-170 70,-180 70,-180 60)))"}},
           std::vector<WktRegion>{{"S", "POLYGON((-180 -90,180 -90,180 -70,-180 -70,-180 -90))"}},
           std::vector<WktRegion>{{"A", "POLYGON((0 0,10 0,10 10,0 10,0 0),(4 4,4 6,6 6,6 4,4 4))"},
                                  {"B", "POLYGON((4 4,6 4,6 6,4 6,4 4))"}},
           std::vector<WktRegion>{{"A", "MULTIPOLYGON(((0 0,1 1,0 2,-1 1,0 0)),((0 0,-1 -1,0 -2,1 -1,0 0)))"}},
           std::vector<WktRegion>{{"A", "POLYGON((0 0,1 0,1.0001 5,1.0002 0,2 0,2 -1,0 -1,0 0))"}},
       }) {
    const auto atlas = atlas_from_wkt(regions);
    const kordon::geo::Index index(atlas);
    const auto& ring = atlas.regions[0].rings[0];
    const auto around = ring[0];
    auto places = random_places(many / 4, {std::max(-180.0, around.lon_deg - 3), std::max(-90.0, around.lat_deg - 3)},
                                {std::min(180.0, around.lon_deg + 3), std::min(90.0, around.lat_deg + 3)});
    places.insert(places.end(), ring.begin(), ring.end());
    CHECK(differences(index, places) == 0);
  }
}

TEST_CASE("a column that is not asked for stays empty, and a row more or less does not matter") {
  const kordon::geo::Index index(kordon::geo::shipped());
  const auto places = random_places(1000, {33, 48}, {41, 52.5});
  const Together all(index, places);
  for (const std::size_t count : {0, 1, 2, 7, 8, 9, 31, 33, 1000}) {
    std::vector<double> signed_m(count);
    const kordon::geo::Column column{2, signed_m, {}};
    index.locate(std::span(all.lon_deg).first(count), std::span(all.lat_deg).first(count), {&column, 1});
    CHECK(std::ranges::equal(signed_m, std::span(all.signed_m[2]).first(count)));
  }
}

TEST_CASE("taken block by block, rows are the same and each comes once, in order") {
  const kordon::geo::Index index(kordon::geo::shipped());
  const auto places = random_places(1000, {33, 48}, {41, 52.5});
  const Together all(index, places);
  kordon::geo::Workspace workspace;
  for (const std::size_t block_rows : {1, 7, 256, 1000, 5000}) {
    std::vector<double> block_m(block_rows), signed_m;
    std::vector<kordon::geo::LonLat> block_nearest(block_rows), nearest;
    const kordon::geo::Column column{3, block_m, block_nearest};
    const auto take = [&](std::size_t first, std::size_t count) {
      REQUIRE(first == signed_m.size());
      REQUIRE(count <= block_rows);
      signed_m.insert(signed_m.end(), block_m.begin(), block_m.begin() + std::ptrdiff_t(count));
      nearest.insert(nearest.end(), block_nearest.begin(), block_nearest.begin() + std::ptrdiff_t(count));
    };
    index.locate(all.lon_deg, all.lat_deg, {&column, 1}, block_rows, take, workspace);
    CHECK(signed_m == all.signed_m[3]);
    CHECK(nearest == all.nearest[3]);
  }
}

TEST_CASE("columns with a row for each position keep what was taken") {
  const kordon::geo::Index index(kordon::geo::shipped());
  const auto places = random_places(1000, {33, 48}, {41, 52.5});
  const Together all(index, places);
  kordon::geo::Workspace workspace;
  for (const std::size_t block_rows : {7, 256, 1000}) {
    std::vector<double> signed_m(places.size());
    std::vector<kordon::geo::LonLat> nearest(places.size());
    const kordon::geo::Column column{3, signed_m, nearest};
    std::size_t taken = 0;
    const auto take = [&](std::size_t first, std::size_t count) {
      REQUIRE(first == taken);
      taken += count;
      CHECK(std::equal(signed_m.begin(), signed_m.begin() + std::ptrdiff_t(taken), all.signed_m[3].begin()));
    };
    index.locate(all.lon_deg, all.lat_deg, {&column, 1}, block_rows, take, workspace);
    CHECK(taken == places.size());
    CHECK(nearest == all.nearest[3]);
  }
}
