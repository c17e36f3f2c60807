#include "tests/geo/shipped.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <future>
#include <set>
#include <thread>

#include "geo/earth/geodesic.hpp"
#include "geo/index.hpp"
#include "tests/geo/oracle.hpp"
#include "tests/geo/standing.hpp"

using namespace kordon::geo;

namespace {

/// 100,000 take a minute and a half; KORDON_TEST_POSITIONS asks for more, and a million have been right.
std::size_t position_count() {
  const char* asked = std::getenv("KORDON_TEST_POSITIONS");
  if (asked != nullptr) return std::stoul(asked);
  return kordon::geo::is_sanitized ? 1'000 : 100'000;
}

const kordon::geo::Border& border(const char* id) {
  return kordon::geo::shipped()
      .borders[kordon::geo::shipped().find_border(id).value() - kordon::geo::shipped().regions.size()];
}

/// A third over the world, a third around the border, a third within 5 km of it; half of these at a distance whose
/// logarithm is even, from a millimetre on.
std::vector<kordon::geo::LonLat> random_places(std::size_t count) {
  std::mt19937_64 random(20240530);
  std::uniform_real_distribution<double> exponent(-3, std::log10(5000));
  const auto& line = border("RU|UA").lines[0];
  std::vector<kordon::geo::LonLat> places;
  while (places.size() < count) {
    places.push_back(kordon::geo::oracle::random_place(random));
    places.push_back(kordon::geo::oracle::random_place(random, {33, 48}, {41, 52.5}));
    const double within_m = places.size() % 2 == 0 ? 5000 : std::pow(10, exponent(random));
    places.push_back(kordon::geo::oracle::random_place_near(random, line, within_m));
  }
  places.resize(count);
  return places;
}

/// What the index says of one target, held against the oracles.
struct Score {
  double distance_error_m = 0;    ///< largest
  double nearest_error_m = 0;     ///< largest difference of the nearest point's distance from the stated one
  double nearest_off_line_m = 0;  ///< largest distance of the nearest point from the line
  std::size_t wrong_sides = 0;    ///< farther from the line than 1 mm
  std::size_t within_1_mm = 0;
  kordon::geo::LonLat worst;  ///< where the distance error is largest, or the last wrong side

  void add(const Score& other) {
    if (other.distance_error_m > distance_error_m) worst = other.worst;
    distance_error_m = std::max(distance_error_m, other.distance_error_m);
    nearest_error_m = std::max(nearest_error_m, other.nearest_error_m);
    nearest_off_line_m = std::max(nearest_off_line_m, other.nearest_off_line_m);
    wrong_sides += other.wrong_sides;
    within_1_mm += other.within_1_mm;
    if (other.wrong_sides > 0) worst = other.worst;
  }
};

class Scorer {
 public:
  Scorer(const kordon::geo::Index& index, kordon::geo::Target target)
      : index_(index),
        target_(target),
        distance_(kordon::geo::shipped().is_region(target)
                      ? kordon::geo::oracle::lines_of(kordon::geo::shipped().regions[target])
                      : kordon::geo::shipped().borders[target - kordon::geo::shipped().regions.size()].lines) {}

  [[nodiscard]] Score score(std::span<const kordon::geo::LonLat> places) const {
    std::optional<kordon::geo::oracle::Containment> containment;
    if (kordon::geo::shipped().is_region(target_)) containment.emplace(kordon::geo::shipped().regions[target_]);
    Score total;
    const auto answers = locate(places);
    for (std::size_t i = 0; i < places.size(); ++i) {
      const auto place = places[i];
      const auto& got = answers[i];
      Score score{.distance_error_m = std::abs(got.distance_m - distance_.to(place)),
                  .nearest_error_m = std::abs(kordon::geo::inverse(place, got.nearest).distance_m - got.distance_m),
                  .nearest_off_line_m = i % 10 == 0 ? distance_.to(got.nearest) : 0,
                  .worst = place};
      if (got.distance_m <= 1e-3) {
        score.within_1_mm = 1;
      } else {
        const bool inside = containment && containment->inside(place);
        score.wrong_sides = got.side == (inside ? kordon::geo::Side::inside : kordon::geo::Side::outside) ? 0 : 1;
      }
      total.add(score);
    }
    return total;
  }

  [[nodiscard]] std::vector<kordon::geo::Standing> locate(std::span<const kordon::geo::LonLat> places) const {
    std::vector<double> lon_deg;
    std::vector<double> lat_deg;
    for (const auto place : places) {
      lon_deg.push_back(place.lon_deg);
      lat_deg.push_back(place.lat_deg);
    }
    std::vector<double> signed_m(places.size());
    std::vector<kordon::geo::LonLat> nearest(places.size());
    const kordon::geo::Column column{target_, signed_m, nearest};
    index_.locate(lon_deg, lat_deg, {&column, 1});
    std::vector<kordon::geo::Standing> answers;
    for (std::size_t i = 0; i < places.size(); ++i) {
      const double distance_m = std::abs(signed_m[i]);
      const kordon::geo::Side side = distance_m < 1e-3 ? kordon::geo::Side::on_line
                                     : signed_m[i] > 0 ? kordon::geo::Side::inside
                                                       : kordon::geo::Side::outside;
      answers.push_back({distance_m, nearest[i], side});
    }
    return answers;
  }

  /// The same on every core.
  [[nodiscard]] Score score_in_threads(std::span<const kordon::geo::LonLat> places) const {
    const std::size_t share = places.size() / std::max(1U, std::thread::hardware_concurrency()) + 1;
    std::vector<std::future<Score>> shares;
    for (std::size_t begin = 0; begin < places.size(); begin += share) {
      const auto mine = places.subspan(begin, std::min(share, places.size() - begin));
      shares.push_back(std::async(std::launch::async, [this, mine] { return score(mine); }));
    }
    Score total;
    for (auto& each : shares) total.add(each.get());
    return total;
  }

 private:
  const kordon::geo::Index& index_;
  kordon::geo::Target target_;
  kordon::geo::oracle::Distance distance_;
};

using EdgeEnds = std::pair<std::pair<double, double>, std::pair<double, double>>;

std::set<EdgeEnds> edges_of(const kordon::geo::Region& region) {
  std::set<EdgeEnds> edges;
  for (const auto& ring : region.rings) {
    for (std::size_t i = 1; i < ring.size(); ++i) {
      edges.insert({{ring[i - 1].lon_deg, ring[i - 1].lat_deg}, {ring[i].lon_deg, ring[i].lat_deg}});
    }
  }
  return edges;
}

/// Whether each edge of the line is one of `left` as it runs and one of `right` turned around, bit for bit.
bool lies_between(const kordon::geo::Line& line, const kordon::geo::Region& left, const kordon::geo::Region& right) {
  const auto forward = edges_of(left);
  const auto backward = edges_of(right);
  for (std::size_t i = 1; i < line.size(); ++i) {
    const std::pair from{line[i - 1].lon_deg, line[i - 1].lat_deg};
    const std::pair to{line[i].lon_deg, line[i].lat_deg};
    if (!forward.contains({from, to}) || !backward.contains({to, from})) return false;
  }
  return true;
}

const kordon::geo::Region& region(const char* id) {
  return kordon::geo::shipped().regions[kordon::geo::shipped().find_region(id).value()];
}

}  // namespace

TEST_CASE("on the shipped borders no side is wrong and no distance is off by a centimetre") {
  const kordon::geo::Index index(kordon::geo::shipped());
  const auto places = random_places(position_count());
  for (kordon::geo::Target target = 0; target < kordon::geo::shipped().target_count(); ++target) {
    const auto score = Scorer(index, target).score_in_threads(places);
    MESSAGE(kordon::geo::shipped().id_of(target)
            << ": " << places.size() << " positions, " << score.wrong_sides << " wrong sides, " << score.within_1_mm
            << " within 1 mm of the line; largest errors: distance " << score.distance_error_m
            << " m, distance of the nearest point " << score.nearest_error_m << " m, nearest point off the line "
            << score.nearest_off_line_m << " m");
    CAPTURE(score.worst.lon_deg);
    CAPTURE(score.worst.lat_deg);
    CHECK(score.wrong_sides == 0);
    CHECK(score.distance_error_m < 0.01);
    CHECK(score.nearest_error_m < 0.01);
    CHECK(score.nearest_off_line_m < 0.01);
  }
}

TEST_CASE("6,432 km off, where the nearest point of an edge of Big Diomede lies at its other end than close by") {
  const kordon::geo::Index index(kordon::geo::shipped());
  const kordon::geo::Target target = kordon::geo::shipped().find_region("RU").value();
  const kordon::geo::LonLat place{-116.741, 18.8596};
  const auto got = kordon::geo::test::standing_of(index, target, place);
  CHECK(std::abs(got.distance_m -
                 kordon::geo::oracle::Distance(kordon::geo::oracle::lines_of(kordon::geo::shipped().regions[target]))
                     .to(place)) < 0.01);
}

TEST_CASE("RU|UA is one line from the tripoint with Belarus to the Sea of Azov") {
  REQUIRE(border("RU|UA").lines.size() == 1);
  const auto& line = border("RU|UA").lines[0];
  CHECK(line.size() == 5716);
  const std::array ends{line.front(), line.back()};
  const auto distance_to_an_end = [&](kordon::geo::LonLat place) {
    return std::min(kordon::geo::inverse(place, ends[0]).distance_m, kordon::geo::inverse(place, ends[1]).distance_m);
  };
  CHECK(distance_to_an_end({31.7817, 52.1120}) < 100);
  CHECK(distance_to_an_end({38.2298, 47.1193}) < 100);
  CHECK(lies_between(line, region("RU"), region("UA")));
}

TEST_CASE("RU|UA-63 is one line from tripoint to tripoint, vertex for vertex a part of RU|UA") {
  REQUIRE(border("RU|UA-63").lines.size() == 1);
  const auto& part = border("RU|UA-63").lines[0];
  CHECK(part.size() == 484);
  CHECK_FALSE(std::ranges::search(border("RU|UA").lines[0], part).empty());
  CHECK(std::max(kordon::geo::inverse(part.front(), {35.658, 50.351}).distance_m,
                 kordon::geo::inverse(part.front(), {38.033, 49.900}).distance_m) > 150e3);
  CHECK(std::min(kordon::geo::inverse(part.front(), {35.658, 50.351}).distance_m,
                 kordon::geo::inverse(part.back(), {35.658, 50.351}).distance_m) < 100);
  CHECK(std::min(kordon::geo::inverse(part.front(), {38.033, 49.900}).distance_m,
                 kordon::geo::inverse(part.back(), {38.033, 49.900}).distance_m) < 100);
  CHECK(lies_between(part, region("RU"), region("UA-63")));
}

TEST_CASE("these are all the borders there are") {
  CHECK(kordon::geo::shipped().borders.size() == 2);
  CHECK_FALSE(kordon::geo::shipped().find_border("UA|UA-63"));
  CHECK(border("RU|UA").accuracy_m == 280);
}

TEST_CASE("places lie where everybody knows they lie") {
  const kordon::geo::Index index(kordon::geo::shipped());
  const auto sides_of = [&](kordon::geo::LonLat place) {
    std::string inside;
    for (kordon::geo::Target target = 0; target < kordon::geo::shipped().regions.size(); ++target) {
      const auto standing = kordon::geo::test::standing_of(index, target, place);
      if (standing.side == kordon::geo::Side::inside) inside += kordon::geo::shipped().id_of(target) + " ";
    }
    return inside;
  };
  CHECK(sides_of({36.5873, 50.5956}) == "RU ");        // Belgorod
  CHECK(sides_of({36.2304, 49.9935}) == "UA UA-63 ");  // Kharkiv
  CHECK(sides_of({34.1108, 44.9572}) == "UA ");        // Simferopol
  CHECK(sides_of({37.8028, 48.0159}) == "UA ");        // Donetsk
  CHECK(sides_of({20.4522, 54.7104}) == "RU ");        // Kaliningrad, an exclave
  CHECK(sides_of({177.5097, 64.7337}) == "RU ");       // Anadyr
  CHECK(sides_of({-175, 66.5}) == "RU ");              // Chukotka, beyond 180 degrees
  CHECK(sides_of({23.7, 52.1}).empty());               // Brest, Belarus
}

TEST_CASE("Chukotka's edge at 180 degrees is no border") {
  const kordon::geo::Index index(kordon::geo::shipped());
  const auto russia = kordon::geo::shipped().find_region("RU").value();
  for (const double lon_deg : {-180.0, 180.0, 179.99999, -179.99999}) {
    const auto standing = kordon::geo::test::standing_of(index, russia, {lon_deg, 67.5});
    CHECK(standing.side == kordon::geo::Side::inside);
    CHECK(standing.distance_m > 10e3);
  }
}

TEST_CASE("the index takes at least what an edge's end and its place need, and at most 100 bytes for each edge") {
  std::size_t edges = 0;
  for (const auto& arc : kordon::geo::shipped().arcs) edges += arc.line.size() - 1;
  const auto bytes = kordon::geo::Index(kordon::geo::shipped()).size_bytes();
  CHECK(bytes > 5 * sizeof(double) * edges);
  CHECK(bytes < 100 * edges);
}
