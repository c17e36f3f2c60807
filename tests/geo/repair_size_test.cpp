#include "geo/atlas/repair_size.hpp"

#include <doctest/doctest.h>

#include <GeographicLib/PolygonArea.hpp>
#include <algorithm>
#include <cmath>
#include <numbers>

#include "geo/atlas/repair.hpp"

namespace kordon::geo::test {
namespace {

/// Karney's area on WGS 84 of a ring of short edges.
double ellipsoidal_m2(const Line& ring) {
  GeographicLib::PolygonArea polygon(GeographicLib::Geodesic::WGS84());
  for (std::size_t i = 1; i < ring.size(); ++i) polygon.AddPoint(ring[i].lat_deg, ring[i].lon_deg);
  double around_m = 0;
  double area_m2 = 0;
  polygon.Compute(false, true, around_m, area_m2);
  return std::abs(area_m2);
}

Line box(LonLat low, LonLat high) { return {low, {high.lon_deg, low.lat_deg}, high, {low.lon_deg, high.lat_deg}, low}; }

double disc_m(double area_m2) { return std::sqrt(area_m2 / std::numbers::pi); }

/// A bow tie of two lobes, 0.002 degrees high and as wide as said, whose edges cross at (30, lat).
Line bow_tie(double west, double east, double lat) {
  return {{30 - west, lat - 0.001 * west},
          {30 + east, lat + 0.001 * east},
          {30 + east, lat - 0.001 * east},
          {30 - west, lat + 0.001 * west},
          {30 - west, lat - 0.001 * west}};
}

}  // namespace

TEST_CASE("nothing is changed where rings are the same, whichever way they run") {
  const Line square = box({30, 50}, {31, 51});
  const auto size = repair_size({{square}}, {{Line(square.rbegin(), square.rend())}});
  CHECK(size.area_m2 == 0);
  CHECK(size.distance_m == 0);
}

TEST_CASE("losses and gains add up, each with its own scale") {
  const Line lost = box({30, 10}, {30.01, 10.01});
  for (const double lat : {-80.0, 0.0, 10.0, 60.0, 89.9}) {
    const Line gained = box({40, lat}, {40.01, lat + 0.01});
    const auto size = repair_size({{lost}}, {{gained}});
    const double truth_m2 = ellipsoidal_m2(lost) + ellipsoidal_m2(gained);
    CHECK(size.area_m2 >= truth_m2 * (1 - 1e-9));
    CHECK(size.area_m2 <= truth_m2 * 1.002 + (lat > 89 ? 3000 : 0));
    CHECK(size.distance_m ==
          doctest::Approx(disc_m(std::max(ellipsoidal_m2(lost), ellipsoidal_m2(gained)))).epsilon(1e-3));
  }
}

TEST_CASE("a bow tie whose signed areas cancel counts the lobe that the other reading would leave out") {
  const Line tie = bow_tie(0.01, 0.01, 50);
  const std::vector<Polygon> lobes{{{{30, 50}, {29.99, 50.00001}, {29.99, 49.99999}, {30, 50}}},
                                   {{{30, 50}, {30.01, 49.99999}, {30.01, 50.00001}, {30, 50}}}};
  const double lobe_m2 = ellipsoidal_m2(lobes[0].front());
  const auto both = repair_size({{tie}}, lobes);
  CHECK(both.area_m2 == doctest::Approx(lobe_m2).epsilon(1e-3));
  CHECK(both.distance_m == doctest::Approx(disc_m(lobe_m2)).epsilon(1e-3));
  CHECK(repair_size({{tie}}, {lobes[0]}).area_m2 + repair_size({{tie}}, {lobes[1]}).area_m2 ==
        doctest::Approx(3 * lobe_m2).epsilon(1e-3));
}

TEST_CASE("a repair that gains as much as it loses is not told to be small") {
  const Line land = box({30, 50}, {40, 60});
  const Line islet = box({50, 0}, {50.1, 0.1});
  const Line hole_outside = box({60, 0}, {60.1, 0.1});
  const auto checked =
      valid_rings({"drawn.shp: feature 7 (X)", "X", "X", {{land, hole_outside}, {islet}, {islet}}}, 50);
  REQUIRE_FALSE(checked);
  CHECK(checked.error().message.contains("area by 2.46e+08 m2"));  // 2 * 11,132 m * 11,057 m
}

}  // namespace kordon::geo::test
