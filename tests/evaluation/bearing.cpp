#include "evaluation/bearing.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <random>
#include <string>

#include "geo/earth/geodesic.hpp"
#include "text/number_text.hpp"

using namespace kordon;

namespace {

std::string text_of(double bearing_deg) {
  std::string text;
  kordon::text::append_fixed(text, bearing_deg, kordon::evaluation::bearing_decimals);
  return text;
}

bool agrees(kordon::geo::LonLat from, double bearing_deg, double distance_m) {
  const auto to = kordon::geo::direct(from, bearing_deg, distance_m);
  const auto exact = kordon::geo::inverse(from, to);
  return text_of(kordon::evaluation::stated_bearing_deg(from, to, exact.distance_m)) == text_of(exact.bearing_deg);
}

}  // namespace

TEST_CASE("oracle: a bearing is stated as Karney's inverse has it, from the equator to the poles, near and far") {
  std::mt19937_64 random(5);
  std::uniform_real_distribution<double> lon_deg(-180, 180), lat_deg(-90, 90), bearing_deg(0, 360), exponent(-2, 6.3);
  for (int i = 0; i < 200'000; ++i) {
    kordon::geo::LonLat from{lon_deg(random), lat_deg(random)};
    if (i % 10 == 0) from.lat_deg = std::copysign(90 - std::abs(from.lat_deg) / 1e5, from.lat_deg);
    const double bearing = bearing_deg(random), distance_m = std::pow(10, exponent(random));
    CAPTURE(from.lon_deg);
    CAPTURE(from.lat_deg);
    CAPTURE(bearing);
    CAPTURE(distance_m);
    REQUIRE(agrees(from, bearing, distance_m));
  }
}

TEST_CASE("oracle: so are bearings next to a half of the last decimal, and next to north") {
  std::mt19937_64 random(6);
  std::uniform_real_distribution<double> lat_deg(-89, 89), off_deg(-3e-6, 3e-6), exponent(1.8, 5.8);
  std::uniform_int_distribution<int> steps(0, 3'599'999);
  for (int i = 0; i < 200'000; ++i) {
    const kordon::geo::LonLat from{i % 4 == 0 ? 180.0 : 36.5, lat_deg(random)};
    const double bearing = i % 3 == 0 ? off_deg(random) : (steps(random) + 0.5) * 1e-4 + off_deg(random);
    const double distance_m = std::pow(10, exponent(random));
    CAPTURE(from.lat_deg);
    CAPTURE(bearing);
    CAPTURE(distance_m);
    REQUIRE(agrees(from, bearing, distance_m));
  }
}
