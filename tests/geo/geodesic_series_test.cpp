#include "geo/earth/geodesic_series.hpp"

#include <doctest/doctest.h>

#include <random>

#include "geo/earth/geodesic.hpp"
#include "tests/geo/oracle.hpp"

using namespace kordon::geo;

TEST_CASE("a chord's geodesic length is right to a millimetre up to the limit of the series, 2,000 km") {
  std::mt19937_64 random(11);
  std::uniform_real_distribution<double> unit(0, 1);
  double worst_m = 0;
  for (int i = 0; i < 200000; ++i) {
    const auto from = kordon::geo::oracle::random_place(random);
    const double bearing_deg = 360 * unit(random);
    const auto to = kordon::geo::direct(from, bearing_deg, kordon::geo::max_series_range_m * unit(random));
    const double got_m = kordon::geo::geodesic_from_chord_m(kordon::geo::to_ecef(from),
                                                            kordon::geo::to_ecef(to) - kordon::geo::to_ecef(from));
    worst_m = std::max(worst_m, std::abs(got_m - kordon::geo::inverse(from, to).distance_m));
  }
  MESSAGE("largest error " << worst_m << " m");
  CHECK(worst_m < 1e-3);
}

TEST_CASE("no geodesic is shorter than its lower bound, and the bound is close") {
  std::mt19937_64 random(14);
  std::uniform_real_distribution<double> unit(0, 1);
  for (int i = 0; i < 100000; ++i) {
    const auto from = kordon::geo::oracle::random_place(random);
    const double distance_m = 1.99e7 * unit(random);
    const auto to = kordon::geo::direct(from, 360 * unit(random), distance_m);
    const double least_m = kordon::geo::geodesic_at_least_m(kordon::geo::to_ecef(from), kordon::geo::to_ecef(to));
    CHECK(least_m <= distance_m + 1e-6);
    if (distance_m < 1e7) CHECK(least_m > distance_m - 50);
    CHECK(least_m > 0.996 * distance_m);
  }
}

TEST_CASE("geodesics of equal length have chords that differ by less than half the slack") {
  std::mt19937_64 random(12);
  std::uniform_real_distribution<double> unit(0, 1);
  for (int i = 0; i < 100000; ++i) {
    const auto from = kordon::geo::oracle::random_place(random);
    const double distance_m = 1.99e7 * unit(random);
    const auto chord_m = [&](double bearing_deg) {
      return kordon::geo::length(kordon::geo::to_ecef(kordon::geo::direct(from, bearing_deg, distance_m)) -
                                 kordon::geo::to_ecef(from));
    };
    const double one_m = chord_m(360 * unit(random));
    const double other_m = chord_m(360 * unit(random));
    CHECK(std::abs(one_m - other_m) <= 0.5 * kordon::geo::chord_slack_m(std::min(one_m, other_m)) + 1e-8);
  }
}

TEST_CASE("sines in degrees agree with the standard library and are exact at the quarters") {
  std::mt19937_64 random(13);
  std::uniform_real_distribution<double> angle(-720, 720);
  for (int i = 0; i < 100000; ++i) {
    const double x = angle(random);
    const auto got = kordon::geo::sincos_deg(x);
    const long double radians = static_cast<long double>(x) * 3.14159265358979323846264338327950288L / 180;
    CHECK(std::abs(static_cast<double>(got.sin - std::sin(radians))) < 2e-16);
    CHECK(std::abs(static_cast<double>(got.cos - std::cos(radians))) < 2e-16);
  }
  CHECK(kordon::geo::sincos_deg(90.0).cos == 0);
  CHECK(kordon::geo::sincos_deg(-180.0).sin == 0);
  CHECK(kordon::geo::sincos_deg(180.0).cos == -1);
  CHECK(kordon::geo::to_ecef({180, 65}) == kordon::geo::to_ecef({-180, 65}));
  CHECK(kordon::geo::to_ecef({12, 90}) == kordon::geo::to_ecef({77, 90}));
}
