#include "geo/atlas/antimeridian.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "geo/index.hpp"
#include "tests/geo/atlas_from_wkt.hpp"
#include "tests/geo/oracle.hpp"

using namespace kordon::geo;

namespace {

const kordon::geo::Line east_half{{170, 60}, {180, 60}, {180, 70}, {170, 70}, {170, 60}};
const kordon::geo::Line west_half{{-180, 60}, {-170, 60}, {-170, 70}, {-180, 70}, {-180, 60}};

/// The stretches of 180 degrees that are left, ascending, each in the direction that it is run through.
std::vector<std::pair<double, double>> along_180(const std::vector<kordon::geo::Line>& lines) {
  std::vector<std::pair<double, double>> stretches;
  for (const auto& line : lines) {
    for (std::size_t i = 1; i < line.size(); ++i) {
      if (std::abs(line[i - 1].lon_deg) != 180 || line[i - 1].lon_deg != line[i].lon_deg) continue;
      stretches.emplace_back(line[i - 1].lat_deg, line[i].lat_deg);
    }
  }
  std::ranges::sort(stretches);
  return stretches;
}

using Stretches = std::vector<std::pair<double, double>>;

}  // namespace

TEST_CASE("a cut is left out where the region goes on beyond it") {
  const auto lines = kordon::geo::without_artificial_edges({east_half, west_half});
  REQUIRE(lines.size() == 2);
  CHECK(lines[0] == kordon::geo::Line{{180, 70}, {170, 70}, {170, 60}, {180, 60}});
  CHECK(lines[1] == kordon::geo::Line{{-180, 60}, {-170, 60}, {-170, 70}, {-180, 70}});
}

TEST_CASE("it makes no difference which vertices the two sides of a cut have") {
  const kordon::geo::Line other_vertices{{-180, 60}, {-170, 60},   {-170, 70}, {-180, 70},
                                         {-180, 69}, {-180, 61.5}, {-180, 60}};
  CHECK(along_180(kordon::geo::without_artificial_edges({east_half, other_vertices})).empty());
}

TEST_CASE("a coast along the antimeridian stays") {
  CHECK(along_180(kordon::geo::without_artificial_edges({east_half})) == Stretches{{60, 70}});
  CHECK(along_180(kordon::geo::without_artificial_edges({west_half})) == Stretches{{70, 60}});
  CHECK(kordon::geo::without_artificial_edges({east_half}) == std::vector<kordon::geo::Line>{east_half});
}

TEST_CASE("of a cut that is longer on one side, what lies on one side only stays, in its direction") {
  const kordon::geo::Line short_west{{-180, 62}, {-170, 62}, {-170, 65}, {-180, 65}, {-180, 62}};
  CHECK(along_180(kordon::geo::without_artificial_edges({east_half, short_west})) == Stretches{{60, 62}, {65, 70}});
  const kordon::geo::Line short_east{{170, 62}, {180, 62}, {180, 65}, {170, 65}, {170, 62}};
  CHECK(along_180(kordon::geo::without_artificial_edges({short_east, west_half})) == Stretches{{62, 60}, {70, 65}});
}

TEST_CASE("a ring that starts on a cut goes on across its first vertex") {
  auto turned = east_half;
  turned.pop_back();
  for (std::size_t start = 0; start < 4; ++start) {
    auto ring = turned;
    ring.push_back(ring.front());
    const auto lines = kordon::geo::without_artificial_edges({ring, west_half});
    CHECK(lines.size() == 2);
    CHECK(lines[0] == kordon::geo::Line{{180, 70}, {170, 70}, {170, 60}, {180, 60}});
    std::ranges::rotate(turned, turned.begin() + 1);
  }
}

TEST_CASE("edges along a pole are cuts, edges beside it are not") {
  CHECK(kordon::geo::runs_along_pole({-180, 90}, {180, 90}));
  CHECK(kordon::geo::runs_along_pole({0, -90}, {10, -90}));
  CHECK_FALSE(kordon::geo::runs_along_pole({0, 89.9}, {10, 89.9}));
  CHECK_FALSE(kordon::geo::runs_along_pole({0, 89.9}, {10, 90}));
  const kordon::geo::Line cap{{-180, 80}, {180, 80}, {180, 90}, {-180, 90}, {-180, 80}};
  CHECK(kordon::geo::without_artificial_edges({cap}) ==
        std::vector<kordon::geo::Line>{kordon::geo::Line{{-180, 80}, {180, 80}}});
}

TEST_CASE("a region that covers the Earth has no line") {
  const kordon::geo::Line world{{-180, -90}, {180, -90}, {180, 90}, {-180, 90}, {-180, -90}};
  CHECK(kordon::geo::without_artificial_edges({world}).empty());
}

TEST_CASE("at poles and antimeridian the index agrees with the oracles") {
  const auto atlas = atlas_from_wkt({
      {"cap", "POLYGON((-180 75,-90 80,0 70,90 85,180 75,180 90,-180 90,-180 75))"},
      {"wedge", "POLYGON((10 60,40 60,40 90,10 90,10 60))"},
      {"edges along 180",
       "MULTIPOLYGON(((170 60,180 60,180 70,170 70,170 60)),((-180 62,-170 62,-170 65,-180 65,-180 62)))"},
  });
  const kordon::geo::Index index(atlas);
  std::mt19937_64 random(90);
  std::vector<kordon::geo::LonLat> places;
  for (int i = 0; i < 300; ++i) {
    places.push_back(kordon::geo::oracle::random_place(random, {-180, 89.9}, {180, 90}));
    places.push_back(kordon::geo::oracle::random_place(random, {-180, 60}, {180, 90}));
    places.push_back(kordon::geo::oracle::random_place(random, {179, 59}, {180, 71}));
    places.push_back(kordon::geo::oracle::random_place(random, {-180, 59}, {-179, 71}));
  }
  for (kordon::geo::Target target = 0; target < atlas.regions.size(); ++target) {
    const kordon::geo::oracle::Distance distance(kordon::geo::oracle::lines_of(atlas.regions[target]));
    const kordon::geo::oracle::Containment containment(atlas.regions[target]);
    for (const auto place : places) {
      kordon::geo::Standing got;
      index.locate(kordon::geo::Position::checked(place).value(), {&target, 1}, {&got, 1});
      CAPTURE(atlas.regions[target].id);
      CAPTURE(place.lon_deg);
      CAPTURE(place.lat_deg);
      CHECK(std::abs(got.distance_m - distance.to(place)) < 0.01);
      if (got.distance_m > 1e-3) CHECK((got.side == kordon::geo::Side::inside) == containment.inside(place));
    }
  }
}
