// Coordinates of another reference system by every door of the service, to the same answer.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string>

#include "tests/api/batch_run.hpp"
#include "tests/api/test_world.hpp"

using namespace kordon;
using batch::Format;

namespace {

/// A place in the test world by Pulkovo 1942, whose true WGS 84 coordinates are pyproj's
/// (tests/geo/crs_places_test.cpp).
constexpr const char* x = "7329289.81";
constexpr const char* y = "5609979.5";
constexpr double lon_deg = 36.587299968;
constexpr double lat_deg = 50.595599993;

nlohmann::json position_of(const nlohmann::json& answer) {
  INFO(answer.dump());
  REQUIRE(answer.contains("position"));
  return answer["position"];
}

nlohmann::json by_get(const std::string& query) {
  return nlohmann::json::parse(test::get("/v1/evaluate?" + query).body);
}

nlohmann::json full_row(Format from, const std::string& query, const std::string& body) {
  const auto ran = test::run_batch({.from = from, .to = Format::ndjson, .query = "?detail=full" + query}, body);
  REQUIRE_MESSAGE(ran.status == 200, ran.out);
  return nlohmann::json::parse(ran.out.substr(0, ran.out.find('\n')));
}

std::string fault_of(const nlohmann::json& answer) {
  const auto& errors = answer.contains("error") ? answer["error"]["errors"] : answer["errors"];
  return errors[0]["where"].get<std::string>() + ": " + errors[0]["code"].get<std::string>();
}

}  // namespace

TEST_CASE("x and y in a reference system are read alike by every door, with the operation and its accuracy") {
  const auto position = position_of(by_get(fmt::format("crs=EPSG:28407&x={}&y={}", x, y)));
  CHECK(position["lon"].get<double>() == doctest::Approx(lon_deg).epsilon(1e-10));
  CHECK(position["lat"].get<double>() == doctest::Approx(lat_deg).epsilon(1e-10));
  CHECK(position["accuracy_m"] == 3.0);
  CHECK(position["read_as"] ==
        "EPSG:28407, Pulkovo 1942 / Gauss-Kruger zone 7, x easting and y northing, by Pulkovo 1942 to WGS 84 (20) to 3 "
        "m");
  const auto item = fmt::format(R"({{"x":{},"y":{},"crs":"EPSG:28407"}})", x, y);
  CHECK(position_of(nlohmann::json::parse(test::post("[" + item + "]").body)["items"][0]) == position);
  CHECK(position_of(full_row(Format::ndjson, "", item + "\n")) == position);
  const auto bare = fmt::format(R"({{"x":{},"y":"{}"}})", x, y);
  CHECK(position_of(full_row(Format::ndjson, "&crs=EPSG:28407", bare + "\n")) == position);
  CHECK(position_of(full_row(Format::csv, "&crs=EPSG:28407", fmt::format("X,Y\n{},{}\n", x, y))) == position);
  CHECK(position_of(full_row(Format::csv, "", fmt::format("X,Y,crs\n{},{},28407\n", x, y))) == position);
  CHECK(position_of(
            full_row(Format::csv, "&crs=28407", fmt::format("x;y\n{},0;{}\n", 7329289, 5609979)))["accuracy_m"] == 3.0);
}

TEST_CASE("both orders of a northing first system are one place, and the answer says which was read") {
  const auto position = position_of(by_get(fmt::format("crs=EPSG:28407&x={}&y={}", y, x)));
  CHECK(position["lon"].get<double>() == doctest::Approx(lon_deg).epsilon(1e-10));
  CHECK(position["read_as"].get<std::string>().contains("x northing and y easting"));
}

TEST_CASE("an easting and a northing, and longitudes and latitudes of another datum, have one order") {
  const auto row = fmt::format("easting,northing\n{},{}\n", x, y);
  CHECK(position_of(full_row(Format::csv, "&crs=EPSG:28407", row))["lon"].get<double>() == doctest::Approx(lon_deg));
  const auto stated = fmt::format("E,N\n{},{}\n", x, y);
  CHECK(position_of(full_row(Format::csv, "&crs=EPSG:28407&lon_column=E&lat_column=N", stated))["lon"].get<double>() ==
        doctest::Approx(lon_deg));
  const auto degrees = position_of(by_get("crs=EPSG:4284&lon=36.588947&lat=50.595657"));
  CHECK(degrees["lon"].get<double>() == doctest::Approx(36.587299605).epsilon(1e-10));
  CHECK(test::run_batch({}, row).out.contains("state it (crs)"));
}

TEST_CASE("a stated accuracy and that of the datum shift are added in square") {
  CHECK(position_of(by_get(fmt::format("crs=28407&x={}&y={}&accuracy_m=4", x, y)))["accuracy_m"] == 5.0);
  CHECK(position_of(by_get("crs=EPSG:32637&x=329244.15&y=5607634.37&accuracy_m=4"))["accuracy_m"] == 4.0);
}

TEST_CASE("what cannot be read in a reference system names the field") {
  CHECK(fault_of(by_get("crs=EPSG:99999&x=1&y=2")) == "crs: unknown_crs");
  CHECK(fault_of(by_get("crs=%2Bproj%3Dlonglat&x=1&y=2")) == "crs: unknown_crs");
  CHECK(fault_of(by_get("crs=EPSG:28407&x=1&y=2")) == "x: out_of_range");
  CHECK(fault_of(by_get("crs=EPSG:4284&x=36.588947&y=50.595657")) == "x: out_of_range");
  CHECK(fault_of(by_get("crs=EPSG:28407&x=1")) == "y: missing");
  CHECK(fault_of(by_get("x=7329289&y=5609979")) == "crs: missing");
  CHECK(fault_of(by_get("crs=EPSG:28407&x=one&y=2")) == "x: not_a_number");
  CHECK(fault_of(by_get("crs=EPSG:28407&position=50.5N%2036.5E")) == "crs: conflict");
  CHECK(fault_of(by_get("crs=EPSG:28407&x=1&y=2&lon=3&lat=4")) == "crs: conflict");
  const auto rows = fmt::format("x,y,crs\n{},{},EPSG:28407\n{},{},\n{},{},EPSG:1\n", x, y, x, y, x, y);
  const auto ran = test::run_batch({.to = Format::ndjson}, rows);
  CHECK(ran.totals.rows_in_error == 2);
}

TEST_CASE("CSV keeps x and y as they are, and points made of them are in WGS 84") {
  const auto rows = fmt::format("id,x,y\n1,{},{}\n", x, y);
  CHECK(test::run_batch({.query = "?crs=EPSG:28407"}, rows).out.contains(fmt::format("\n1,{},{},", x, y)));
  const auto ran = test::run_batch({.to = Format::geojsonseq, .query = "?crs=EPSG:28407"}, rows);
  const auto feature = nlohmann::json::parse(ran.out.substr(ran.out.find('{')));
  CHECK(feature["geometry"]["coordinates"][0].get<double>() == doctest::Approx(lon_deg).epsilon(1e-10));
  CHECK(feature["properties"]["x"].get<double>() == doctest::Approx(7329289.81));
}

TEST_CASE("GeoJSON of another system is read where the same one is stated, and answered in WGS 84") {
  const auto feature = fmt::format(
      R"({{"type":"Feature","geometry":{{"type":"Point","coordinates":[{},{}]}},"properties":{{"a":1}}}})", x, y);
  const std::string crs = R"("crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::28407"}})";
  const auto body = R"({"type":"FeatureCollection",)" + crs + R"(,"features":[)" + feature + "]}";
  const auto run = [&](Format to, const std::string& query) {
    return test::run_batch({.from = Format::geojson, .to = to, .query = query}, body);
  };
  CHECK(run(Format::geojson, "").status == 400);
  CHECK(run(Format::geojson, "?crs=EPSG:28406").status == 400);
  for (const auto to : {Format::geojson, Format::geojsonseq}) {
    const auto ran = run(to, "?crs=EPSG:28407");
    REQUIRE(ran.status == 200);
    CHECK_FALSE(ran.out.contains("28407\"}"));
    const auto answer = nlohmann::json::parse(ran.out.substr(ran.out.find('{')));
    const auto& point = answer.contains("features") ? answer["features"][0] : answer;
    CHECK(point["geometry"]["coordinates"][0].get<double>() == doctest::Approx(lon_deg).epsilon(1e-10));
    CHECK(point["properties"]["a"] == 1);
    CHECK_FALSE(point["properties"].contains("x"));
  }
  CHECK(run(Format::csv, "?crs=EPSG:28407").out.starts_with("x,y,a,verdict"));
}
