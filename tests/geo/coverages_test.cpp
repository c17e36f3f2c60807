// What is near a position, against every region one by one.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>

#include "geo/index.hpp"
#include "tests/geo/atlas_from_wkt.hpp"
#include "tests/geo/oracle.hpp"
#include "tests/geo/shipped.hpp"
#include "tests/geo/standing.hpp"

namespace geo = kordon::geo;

namespace {

constexpr std::size_t many = geo::is_sanitized ? 100 : 2000;

/// By coverage: the region and the signed distance, of many positions together.
struct Together {
  std::vector<double> lon_deg, lat_deg;
  std::vector<std::vector<double>> signed_m;
  std::vector<std::vector<geo::Target>> region;

  Together(const geo::Index& index, const std::vector<geo::LonLat>& places)
      : signed_m(index.coverages().size(), std::vector<double>(places.size())),
        region(index.coverages().size(), std::vector<geo::Target>(places.size())) {
    for (const auto place : places) lon_deg.push_back(place.lon_deg), lat_deg.push_back(place.lat_deg);
    std::vector<geo::Column> columns;
    for (std::size_t i = 0; i < region.size(); ++i) {
      columns.push_back(
          {.target = index.coverage_target(i), .signed_m = signed_m[i], .nearest = {}, .region = region[i]});
    }
    index.locate(lon_deg, lat_deg, columns);
  }
};

/// How many positions have other containing regions, or other margins of these, than region by region.
std::size_t differences(const geo::Atlas& atlas, const std::vector<geo::LonLat>& places) {
  const geo::Index index(atlas);
  const Together together(index, places);
  std::size_t differ = 0;
  for (std::size_t row = 0; row < places.size(); ++row) {
    std::vector<geo::Target> expected, got;
    bool same = true;
    for (geo::Target region = 0; region < atlas.regions.size(); ++region) {
      const auto standing = geo::test::standing_of(index, region, places[row]);
      if (standing.side == geo::Side::inside) expected.push_back(region);
    }
    for (std::size_t i = 0; i < together.region.size(); ++i) {
      const auto alone = geo::test::standing_of(index, index.coverage_target(i), places[row]);
      const auto region = together.region[i][row];
      same = same && alone.region == region && alone.margin_m() == together.signed_m[i][row];
      if (region == geo::no_target) continue;
      got.push_back(region);
      same = same && alone.margin_m() == geo::test::standing_of(index, region, places[row]).margin_m();
    }
    std::ranges::sort(got);
    if ((!same || got != expected) && differ++ == 0) MESSAGE(places[row].lon_deg << " " << places[row].lat_deg);
  }
  return differ;
}

std::vector<geo::LonLat> places_in(geo::LonLat low, geo::LonLat high) {
  std::mt19937_64 random(21);
  std::vector<geo::LonLat> places;
  while (places.size() < many) places.push_back(geo::oracle::random_place(random, low, high));
  return places;
}

std::string box(double west, double south, double east, double north) {
  return fmt::format("POLYGON(({0} {1},{2} {1},{2} {3},{0} {3},{0} {1}))", west, south, east, north);
}

}  // namespace

TEST_CASE("neighbours, holes, enclaves and islands are one coverage, and its nearest edge tells the region") {
  const auto atlas = atlas_from_wkt({{"A", "POLYGON((0 0,10 0,10 10,0 10,0 0),(4 4,4 6,6 6,6 4,4 4))"},
                                     {"B", "POLYGON((4 4,6 4,6 6,4 6,4 4))"},
                                     {"C", "MULTIPOLYGON(((10 0,20 0,20 10,10 10,10 0)),((12 12,13 12,13 13,12 12)))"},
                                     {"D", "POLYGON((20 10,25 10,25 15,20 15,20 10))"}});
  CHECK(geo::Index(atlas).coverages().size() == 1);
  auto places = places_in({-2, -2}, {27, 17});
  for (const auto& region : atlas.regions) places.insert(places.end(), region.rings[0].begin(), region.rings[0].end());
  CHECK(differences(atlas, places) == 0);
}

TEST_CASE("regions that overlap, lie in each other or cover the Earth are in different coverages") {
  const auto atlas = atlas_from_wkt({{"cross-1", box(0, 0, 6, 6)},
                                     {"cross-2", box(3, 3, 9, 9)},
                                     {"in-both", box(4, 4, 5, 5)},
                                     {"same-side", box(0, 0, 6, 2)},
                                     {"earth", box(-180, -90, 180, 90)},
                                     {"apart", box(20, 0, 26, 6)}});
  const geo::Index index(atlas);
  CHECK(index.coverages().size() == 4);
  CHECK(differences(atlas, places_in({-2, -2}, {28, 11})) == 0);
}

TEST_CASE("lines that all but coincide without sharing vertices do not hide a region behind them") {
  // The vertex in the middle of B's western edge lies on A's eastern one, or to 1e-9 degrees beside it.
  for (const double off_deg : {0.0, 1e-9, -1e-9, 1e-8, -1e-8, 1e-6}) {
    const auto b = fmt::format("POLYGON((1 0,2 0,2 1,1 1,{} 0.3,1 0))", 1 + off_deg);
    CAPTURE(off_deg);
    CHECK(differences(atlas_from_wkt({{"A", box(0, 0, 1, 1)}, {"B", b}}), places_in({-1, -1}, {3, 2})) == 0);
  }
}

TEST_CASE("at the antimeridian and at the poles the nearest edge tells the region, too") {
  const auto atlas = atlas_from_wkt({{"A",
                                      "MULTIPOLYGON(((170 60,180 60,180 70,170 70,170 60)),"
                                      "((-180 60,-170 60,-170 70,-180 70,-180 60)))"},
                                     {"E", "POLYGON((-180 50,-170 50,-170 60,-180 60,-180 50))"},
                                     {"W", "POLYGON((170 52,180 52,180 58,170 58,170 52))"},
                                     {"S", "POLYGON((-180 -90,180 -90,180 -70,-180 -70,-180 -90))"}});
  auto places = places_in({160, 45}, {180, 75});
  for (const auto place : places_in({-180, 45}, {-160, 75})) places.push_back(place);
  for (const auto place : places_in({-180, -90}, {180, -60})) places.push_back(place);
  for (const double lat_deg : {51.0, 53.0, 59.0, 65.0})
    places.push_back({180, lat_deg}), places.push_back({-180, lat_deg});
  CHECK(differences(atlas, places) == 0);
}

TEST_CASE("of the shipped layers each is one coverage") {
  const auto& atlas = geo::shipped();
  CHECK(geo::Index(atlas).coverages().size() == 2);
  CHECK(differences(atlas, places_in({33, 48}, {41, 52.5})) == 0);
}

TEST_CASE(
    "a survey lists what contains the position, what is named, and the nearest within a distance, as brute force "
    "does") {
  std::vector<WktRegion> regions;
  for (int x = 0; x < 12; ++x) {
    for (int y = 0; y < 12; ++y) {
      regions.push_back({fmt::format("r{}_{}", x, y), box(0.3 * x, 0.2 * y, 0.3 * (x + 1), 0.2 * (y + 1))});
    }
  }
  const auto atlas = atlas_from_wkt(regions);
  const geo::Index index(atlas);
  geo::Survey survey;
  for (const auto place : places_in({-1, -1}, {5, 4})) {
    const geo::SurveyQuery query{.near_m = 30e3, .nearest = 5, .all = false, .named = {7, 200}};
    index.survey(geo::Position::checked(place).value(), query, survey);
    std::vector<geo::Target> expected = query.named;
    std::vector<std::pair<double, geo::Target>> near[2];
    for (geo::Target target = 0; target < index.target_count(); ++target) {
      const auto standing = geo::test::standing_of(index, target, place);
      bool listed = std::ranges::find(expected, target) != expected.end();
      if (standing.side == geo::Side::inside && !listed) expected.push_back(target), listed = true;
      if (!listed) near[atlas.is_region(target) ? 0 : 1].emplace_back(standing.distance_m, target);
    }
    for (auto& found : near) {
      std::ranges::sort(found);
      for (std::size_t i = 0; i < 5 && found[i].first <= 30e3; ++i) expected.push_back(found[i].second);
    }
    // The nearest border section is listed however far it is.
    if (near[1][0].first > 30e3) {
      const double nearest_m = std::min(near[1][0].first, geo::test::standing_of(index, 200, place).distance_m);
      for (const auto& [distance_m, target] : near[1]) {
        if (distance_m <= nearest_m) expected.push_back(target);
      }
    }
    std::ranges::sort(expected);
    std::vector<geo::Target> got;
    for (const auto& [target, standing] : survey.items) {
      got.push_back(target);
      CHECK(standing.margin_m() == geo::test::standing_of(index, target, place).margin_m());
    }
    if (survey.nearest_border.distance_m <= query.near_m) {
      CHECK(got == expected);
    } else {
      CHECK(std::ranges::includes(expected, got));
      CHECK(std::ranges::any_of(survey.items, [&](const auto& item) {
        return !atlas.is_region(item.target) && item.standing.distance_m == survey.nearest_border.distance_m;
      }));
    }
    CHECK(survey.nearest_border.distance_m == geo::test::standing_of(index, index.all_borders(), place).distance_m);
  }
}
