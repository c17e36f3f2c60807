#include "geo/atlas/crs_places.hpp"

#include <doctest/doctest.h>

#include <array>
#include <chrono>
#include <string>

#include "geo/atlas/crs_name.hpp"

namespace kordon::geo::test {
namespace {

/// What pyproj 3.7.2 (PROJ 9.5.1, its wheel's grids, no network) gives with the first of TransformerGroup for an area
/// of interest that is the place alone, ballpark not allowed.
struct Known {
  const char* crs;
  double east;
  double north;
  LonLat wgs84;
  const char* operation;
  double accuracy_m;
};

const std::array known{
    Known{"EPSG:4284", 36.588947, 50.595657, {36.587299605, 50.595599685}, "Pulkovo 1942 to WGS 84 (20)", 3},
    Known{"EPSG:28404", 4718069.47, 5527590.21, {24.030000067, 49.839999998}, "Pulkovo 1942 to WGS 84 (20)", 3},
    Known{"EPSG:28405", 5607189.04, 5456368.75, {28.470000042, 49.229999963}, "Pulkovo 1942 to WGS 84 (20)", 3},
    Known{"EPSG:28406", 6612188.3, 5496510.07, {34.549999955, 49.590000007}, "Pulkovo 1942 to WGS 84 (20)", 3},
    Known{"EPSG:28407", 7329289.81, 5609979.5, {36.587299968, 50.595599993}, "Pulkovo 1942 to WGS 84 (20)", 3},
    Known{"EPSG:28408", 8463300.87, 5396476.59, {44.499999994, 48.700000016}, "Pulkovo 1942 to WGS 84 (20)", 3},
    Known{"EPSG:28408", 8457520.21, 4449726.31, {44.500000020, 40.179999977}, "Pulkovo 1942 to WGS 84 (16)", 4.5},
    Known{"EPSG:28409", 9507083.21, 5677758.1, {51.100000000, 51.230000035}, "Pulkovo 1942 to WGS 84 (20)", 3},
    Known{"EPSG:5561", 36.231959, 49.993556, {36.230400020, 49.993499879}, "UCS-2000 to WGS 84 (2)", 1},
    Known{"EPSG:5562", 4595228.73, 5388299.4, {22.289999980, 48.620000045}, "UCS-2000 to WGS 84 (2)", 1},
    Known{"EPSG:5563", 5750095.81, 5596944.46, {30.519999973, 50.449999961}, "UCS-2000 to WGS 84 (2)", 1},
    Known{"EPSG:5564", 6650988.72, 5371695.95, {35.039999952, 48.460000007}, "UCS-2000 to WGS 84 (2)", 1},
    Known{"EPSG:5565", 7463523.22, 5429847.43, {38.499999960, 49.000000010}, "UCS-2000 to WGS 84 (2)", 1},
    Known{"EPSG:4200", 36.588954, 50.595636, {36.587299841, 50.595599933}, "Pulkovo 1995 to WGS 84 (2)", 1},
    Known{"EPSG:20007", 7413460.82, 6181690.13, {37.620000006, 55.750000007}, "Pulkovo 1995 to WGS 84 (2)", 1},
    Known{"EPSG:32636", 323940.5, 5591604.54, {30.520000071, 50.449999962}, "", 0},
    Known{"EPSG:32637", 329244.15, 5607634.37, {36.587299993, 50.595600009}, "", 0},
    Known{"EPSG:3857", 4072879.61, 6550069.4, {36.587300040, 50.595599983}, "", 0},
    Known{"EPSG:4326", 36.5873, 50.5956, {36.5873, 50.5956}, "", 0},
    Known{"EPSG:3413", 0, -1085920.3, {-45, 79.999999976}, "", 0},
};

void check(const Known& truth, const std::expected<CrsPlace, CrsFault>& read) {
  CAPTURE(truth.crs);
  REQUIRE_MESSAGE(read, read.error().message);
  CHECK(std::abs(read->place.lon_deg - truth.wgs84.lon_deg) < 2e-9);
  CHECK(std::abs(read->place.lat_deg - truth.wgs84.lat_deg) < 2e-9);
  CHECK(read->accuracy_m == truth.accuracy_m);
  CHECK(read->read_as.contains(truth.crs));
  CHECK(read->read_as.contains(truth.operation));
  CHECK(read->read_as.contains(" by ") == (truth.accuracy_m > 0));
}

/// Its false easting of 5,500 km is a northing of these latitudes.
bool is_of_fifth_zone(const std::string& crs) { return crs == "EPSG:28405" || crs == "EPSG:5563"; }

MapPair pair_of(const Known& truth, MapPair::Order order) { return {truth.east, truth.north, order}; }

}  // namespace

TEST_CASE("coordinates of a reference system are where pyproj has them, by the operation that it takes there") {
  CrsPlaces places;
  for (const auto& truth : known) check(truth, places.read(truth.crs, pair_of(truth, MapPair::Order::east_first)));
}

TEST_CASE("x and y are told apart by the area of use, in both orders that people write") {
  CrsPlaces places;
  for (const auto& truth : known) {
    if (truth.north < 1000) continue;           // degrees, and a polar map, whose axes have one order
    if (is_of_fifth_zone(truth.crs)) continue;  // see below
    check(truth, places.read(truth.crs, pair_of(truth, MapPair::Order::open)));
    const bool north_first = !std::string(truth.crs).starts_with("EPSG:32") && truth.crs != std::string("EPSG:3857");
    const auto swapped = places.read(truth.crs, {truth.north, truth.east, MapPair::Order::open});
    if (north_first) check(truth, swapped);
    if (north_first) CHECK(swapped->read_as.contains("x northing and y easting"));
    const bool same = swapped && std::abs(swapped->place.lon_deg - truth.wgs84.lon_deg) < 1e-6;
    CHECK(same == north_first);
  }
}

TEST_CASE("what could be in either order is refused with both orders named, and what is sane in one order is read") {
  CrsPlaces places;
  const auto either = places.read("EPSG:4284", {36.588947, 50.595657});
  REQUIRE(!either);
  CHECK(either.error().message.contains("x longitude and y latitude (longitude 36.58"));
  CHECK(either.error().message.contains("x latitude and y longitude (longitude 50.59"));
  for (const auto& truth : known) {
    if (!is_of_fifth_zone(truth.crs)) continue;
    const auto map = places.read(truth.crs, pair_of(truth, MapPair::Order::open));
    REQUIRE(!map);
    CHECK(map.error().message.contains("write `lon` and `lat`"));
  }
  for (const MapPair& pair : {MapPair{36.231959, 49.993556}, {49.993556, 36.231959}}) {
    const auto one = places.read("EPSG:5561", pair);
    REQUIRE(one);
    CHECK(one->place.lat_deg == doctest::Approx(49.993499879).epsilon(1e-9));
  }
}

TEST_CASE("what lies outside of a system's area, or in none that is known, is refused") {
  CrsPlaces places;
  for (const auto& [crs, x, y] : {std::tuple("EPSG:28407", 329072.0, 5609979.5),
                                  {"EPSG:28407", 36.58, 50.59},
                                  {"EPSG:5561", -73.9, 40.7},
                                  {"EPSG:32637", 1e300, 5e6},
                                  {"EPSG:3857", 1e9, 0.0},
                                  {"EPSG:32637", 5607634.37, 329244.15},
                                  {"EPSG:4326", 200.0, 95.0}}) {
    CAPTURE(crs);
    const auto read = places.read(crs, {x, y, MapPair::Order::open});
    REQUIRE(!read);
    CHECK(!read.error().in_crs);
    CHECK(read.error().message.contains("outside of the area"));
  }
  for (const char* crs :
       {"EPSG:1", "EPSG:99999999", "EPSG:4978", "EPSG:5703", "+proj=longlat", "", "EPSG:", "EPSG:4326+5773",
        "+init=epsg:4326", "urn:ogc:def:crs:EPSG::", "/etc/passwd", "SK-42", "EPSG:28407; x"}) {
    CAPTURE(crs);
    const auto read = places.read(crs, {1, 1});
    REQUIRE(!read);
    CHECK(read.error().in_crs);
  }
}

TEST_CASE("what was read before makes no difference, and the number of systems is bounded") {
  CrsPlaces places;
  const auto first = places.read("EPSG:28407", {7329289.81, 5609979.5});
  REQUIRE(first);
  for (int zone = 1; zone <= 60; ++zone) {
    if (zone == 32) CHECK(!places.read("EPSG:32632", {500000, 5e6}));
    if (zone == 32) places.trim();
    CHECK(places.read(std::to_string(32600 + zone), {500000, 5e6}).has_value());
  }
  const auto again = places.read("28407", {7329289.81, 5609979.5});
  REQUIRE(again);
  CHECK(again->place == first->place);
  CHECK(again->read_as == first->read_as);
}

TEST_CASE("a system that no place can be read in is looked up once, and counts as one") {
  CrsPlaces places;
  const auto time_of = [&](const char* crs) {
    const auto begin = std::chrono::steady_clock::now();
    const auto read = places.read(crs, {500000, 5e6});
    REQUIRE(!read);
    CHECK(read.error().in_crs);
    CHECK(read.error().message.contains("no datum shift from EPSG:2294, ATS77 / MTM Nova Scotia zone 4"));
    return std::chrono::steady_clock::now() - begin;
  };
  CHECK(places.would_open("EPSG:2294"));
  const auto first = time_of("EPSG:2294");
  CHECK(!places.would_open("2294"));
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < 100; ++i) time_of("2294");
  CHECK(std::chrono::steady_clock::now() - begin < first);
  CHECK(!places.would_open("what is no name"));
  for (int i = 1; i < static_cast<int>(CrsPlaces::max_systems); ++i) {
    CHECK(places.read("EPSG:" + std::to_string(9'000'000 + i), {1, 1}).error().message.contains("no reference system"));
  }
  CHECK(places.read("EPSG:32637", {500000, 5e6}).error().message.contains("more than 32"));
  CHECK(!places.would_open("EPSG:32637"));
  places.trim();
  CHECK(places.read("EPSG:32637", {500000, 5e6}));
}

TEST_CASE("systems that fail do not push out those that are in use") {
  CrsPlaces places;
  REQUIRE(places.read("EPSG:32637", {500000, 5e6}));
  for (int i = 0; i < 100; ++i) {
    places.trim();
    CHECK(!places.read("EPSG:" + std::to_string(9'000'000 + i), {1, 1}));
    CHECK(!places.would_open("EPSG:32637"));
  }
}

TEST_CASE("a system goes by its code, however that is written") {
  for (const char* text : {"EPSG:28407", "epsg:28407", " EPSG:28407 ", "28407", "urn:ogc:def:crs:EPSG::28407",
                           "urn:ogc:def:crs:EPSG:9.9:28407", "http://www.opengis.net/def/crs/EPSG/0/28407"}) {
    CAPTURE(text);
    const auto name = read_crs_name(text);
    REQUIRE(name);
    CHECK(name->text() == "EPSG:28407");
  }
  for (const char* text : {"WGS 84", "wgs84", "CRS84", "OGC:CRS84", "urn:ogc:def:crs:OGC:1.3:CRS84"}) {
    CAPTURE(text);
    const auto name = read_crs_name(text);
    REQUIRE(name);
    CHECK(name->text() == "OGC:CRS84");
  }
}

}  // namespace kordon::geo::test
