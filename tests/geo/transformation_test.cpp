#include "geo/atlas/transformation.hpp"

#include <doctest/doctest.h>

#include <array>

namespace kordon::geo::test {
namespace {

/// What pyproj 3.7.2 gives with the operation that it lists first for the extent, ballpark not allowed.
struct Known {
  const char* crs;
  Extent extent;
  LonLat at;
  LonLat wgs84;
  const char* name;
  double accuracy_m;
};

}  // namespace

TEST_CASE("one operation for all coordinates of a layer, named and with its accuracy, as pyproj has it") {
  const std::array all{
      Known{"EPSG:4214", {110, 30, 115, 35}, {112, 32}, {112.000496949, 32.000116832}, "Beijing 1954 to WGS 84 (6)", 1},
      Known{"EPSG:4179",
            {14.5, 49.5, 27.5, 54},
            {20, 52},
            {19.998187811, 51.999714149},
            "Pulkovo 1942(58) to WGS 84 (1)",
            1},
      Known{"EPSG:4179",
            {14.5, 49.5, 27.5, 54},
            {14.6, 52},
            {14.598173627, 51.999623500},
            "Pulkovo 1942(58) to WGS 84 (1)",
            1},
      Known{"EPSG:4179",
            {14.5, 49.5, 27.5, 54},
            {27.4, 52},
            {27.398236700, 51.999836590},
            "Pulkovo 1942(58) to WGS 84 (1)",
            1},
      Known{"EPSG:4265", {7, 37, 18, 46}, {17.9, 40}, {17.900019522, 40.000639832}, "Monte Mario to WGS 84 (4)", 4},
  };
  for (const auto& [crs, extent, at, wgs84, name, accuracy_m] : all) {
    CAPTURE(crs);
    const auto transformation = Transformation::to_wgs84(crs, extent);
    REQUIRE(transformation);
    CHECK(transformation->name().contains(name));
    CHECK(transformation->accuracy_m() == accuracy_m);
    LonLat place = at;
    REQUIRE(transformation->apply({&place, 1}));
    CHECK(place.lon_deg == doctest::Approx(wgs84.lon_deg).epsilon(1e-10));
    CHECK(place.lat_deg == doctest::Approx(wgs84.lat_deg).epsilon(1e-10));
  }
}

TEST_CASE("without a known datum shift there is none, unless that is accepted") {
  const Extent beyond{19.5, 40, 20.5, 41};  // Monte Mario is known for Italy alone
  const auto refused = Transformation::to_wgs84("EPSG:4265", beyond);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().contains("no datum shift"));
  const auto accepted = Transformation::to_wgs84("EPSG:4265", beyond, Ballpark::accept);
  REQUIRE(accepted);
  CHECK(accepted->is_ballpark());
  const char* unnamed =
      R"(GEOGCS["unnamed",DATUM["unknown",SPHEROID["Krassowsky",6378245,298.3]],PRIMEM["Greenwich",0],)"
      R"(UNIT["degree",0.0174532925199433]])";
  CHECK_FALSE(Transformation::to_wgs84(unnamed, {20, 50, 21, 51}));
}

TEST_CASE("what is no system of the Earth's surface is refused") {
  CHECK_FALSE(Transformation::to_wgs84("EPSG:4978", {0, 0, 1, 1}));  // geocentric
  CHECK_FALSE(Transformation::to_wgs84("EPSG:5773", {0, 0, 1, 1}));  // heights
  CHECK_FALSE(Transformation::to_wgs84("EPSG:999999", {0, 0, 1, 1}));
}

TEST_CASE("a coordinate outside the domain is not wrapped to some longitude") {
  const auto mercator = Transformation::to_wgs84("EPSG:3857", {0, 0, 1e6, 1e6});
  REQUIRE(mercator);
  CHECK(mercator->accuracy_m() == 0);
  std::array<LonLat, 2> places{LonLat{1e6, 1e6}, LonLat{5e7, 1e6}};
  const auto done = mercator->apply(places);
  REQUIRE_FALSE(done);
  CHECK(done.error() == 1);
}

TEST_CASE("coordinates are easting or longitude first, whatever the authority's order") {
  const auto gauss_krueger = Transformation::to_wgs84("EPSG:31468", {4400000, 5300000, 4500000, 5400000});
  REQUIRE(gauss_krueger);
  LonLat munich{4468000, 5333000};
  REQUIRE(gauss_krueger->apply({&munich, 1}));
  CHECK(munich.lon_deg == doctest::Approx(11.568627371).epsilon(1e-6));
  CHECK(munich.lat_deg == doctest::Approx(48.134224352).epsilon(1e-6));
}

}  // namespace kordon::geo::test
