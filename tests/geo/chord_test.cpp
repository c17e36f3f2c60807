#include "geo/chord.hpp"

#include <doctest/doctest.h>

#include <random>

#include "geo/geodesic.hpp"
#include "tests/geo/oracle.hpp"

using namespace kordon::geo;

TEST_CASE("a chord's geodesic length is right to a millimetre up to the limit of the series") {
  std::mt19937_64 random(11);
  std::uniform_real_distribution<double> unit(0, 1);
  double worst_m = 0;
  for (int i = 0; i < 200000; ++i) {
    const auto from = oracle::random_place(random);
    const double bearing_deg = 360 * unit(random);
    const auto to = direct(from, bearing_deg, max_series_m * unit(random));
    const double got_m = geodesic_from_chord_m(to_ecef(from), to_ecef(to) - to_ecef(from));
    worst_m = std::max(worst_m, std::abs(got_m - inverse(from, to).distance_m));
  }
  MESSAGE("largest error " << worst_m << " m");
  CHECK(worst_m < 1e-3);
}

TEST_CASE("no geodesic is shorter than its lower bound, and the bound is close") {
  std::mt19937_64 random(14);
  std::uniform_real_distribution<double> unit(0, 1);
  for (int i = 0; i < 100000; ++i) {
    const auto from = oracle::random_place(random);
    const double distance_m = 1.99e7 * unit(random);
    const auto to = direct(from, 360 * unit(random), distance_m);
    const double least_m = geodesic_at_least_m(to_ecef(from), to_ecef(to));
    CHECK(least_m <= distance_m + 1e-6);
    if (distance_m < 1e7) CHECK(least_m > distance_m - 50);
    CHECK(least_m > 0.996 * distance_m);
  }
}

TEST_CASE("geodesics of equal length have chords that differ by less than half the slack") {
  std::mt19937_64 random(12);
  std::uniform_real_distribution<double> unit(0, 1);
  for (int i = 0; i < 100000; ++i) {
    const auto from = oracle::random_place(random);
    const double distance_m = 1.99e7 * unit(random);
    const auto chord_m = [&](double bearing_deg) {
      return length(to_ecef(direct(from, bearing_deg, distance_m)) - to_ecef(from));
    };
    const double one_m = chord_m(360 * unit(random));
    const double other_m = chord_m(360 * unit(random));
    CHECK(std::abs(one_m - other_m) <= 0.5 * chord_slack_m(std::min(one_m, other_m)) + 1e-8);
  }
}

TEST_CASE("sines in degrees agree with the standard library and are exact at the quarters") {
  std::mt19937_64 random(13);
  std::uniform_real_distribution<double> angle(-720, 720);
  for (int i = 0; i < 100000; ++i) {
    const double x = angle(random);
    const auto got = sincos_deg(x);
    const long double radians = static_cast<long double>(x) * 3.14159265358979323846264338327950288L / 180;
    CHECK(std::abs(static_cast<double>(got.sin - std::sin(radians))) < 2e-16);
    CHECK(std::abs(static_cast<double>(got.cos - std::cos(radians))) < 2e-16);
  }
  CHECK(sincos_deg(90.0).cos == 0);
  CHECK(sincos_deg(-180.0).sin == 0);
  CHECK(sincos_deg(180.0).cos == -1);
  CHECK(to_ecef({180, 65}) == to_ecef({-180, 65}));
  CHECK(to_ecef({12, 90}) == to_ecef({77, 90}));
}
