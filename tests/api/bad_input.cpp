// Every bad input of an evaluation, and what it gets: status, place, code.
#include <doctest/doctest.h>

#include <vector>

#include "tests/api/test_world.hpp"

namespace {

using kordon::test::get;
using kordon::test::post;

struct Case {
  std::string input;
  int status;
  std::vector<std::pair<std::string, std::string>> errors;  ///< where, code; in order
};

void check(const kordon::api::http::Response& response, const Case& expected) {
  CAPTURE(expected.input);
  CAPTURE(response.body);
  CHECK(response.status == expected.status);
  CHECK(response.content_type == "application/problem+json");
  const auto problem = nlohmann::json::parse(response.body);
  CHECK(problem["status"] == expected.status);
  CHECK(problem["type"].get<std::string>().starts_with("/problems/"));
  CHECK_FALSE(problem["title"].get<std::string>().empty());
  CHECK_FALSE(problem["detail"].get<std::string>().empty());
  std::vector<std::pair<std::string, std::string>> errors;
  for (const auto& error : problem["errors"]) {
    errors.emplace_back(error["where"], error["code"]);
    CHECK_FALSE(error["message"].get<std::string>().empty());
  }
  CHECK(errors == expected.errors);
}

}  // namespace

TEST_CASE("a query with faults gets 400 and hears of all of them") {
  const std::vector<Case> cases{
      {"", 400, {{"lon", "missing"}, {"lat", "missing"}}},
      {"lon=36", 400, {{"lat", "missing"}}},
      {"lat=50", 400, {{"lon", "missing"}}},
      {"lon=abc&lat=50", 400, {{"lon", "not_a_number"}}},
      {"lon=&lat=50", 400, {{"lon", "not_a_number"}}},
      {"lon&lat=50", 400, {{"lon", "not_a_number"}}},
      {"lon=36,5,1&lat=50", 400, {{"lon", "not_a_number"}}},
      {"lon=0x10&lat=50", 400, {{"lon", "not_a_number"}}},
      {"lon=36 5 1 2&lat=50", 400, {{"lon", "not_a_number"}}},
      {"lon=nan&lat=50", 400, {{"lon", "not_a_number"}}},
      {"lon=36&lat=NaN", 400, {{"lat", "not_a_number"}}},
      {"lon=inf&lat=-Infinity", 400, {{"lon", "not_a_number"}, {"lat", "not_a_number"}}},
      {"lon=1e999&lat=50", 400, {{"lon", "out_of_range"}}},
      {"lon=180.0001&lat=50", 400, {{"lon", "out_of_range"}}},
      {"lon=-180.0001&lat=50", 400, {{"lon", "out_of_range"}}},
      {"lon=400&lat=91", 400, {{"lon", "out_of_range"}, {"lat", "out_of_range"}}},
      {"lon=36&lat=200", 400, {{"lat", "out_of_range"}}},
      {"lon=50.6&lat=136.6", 400, {{"lat", "coordinates_swapped"}}},
      {"lon=36&lat=50&accuracy_m=-1", 400, {{"accuracy_m", "out_of_range"}}},
      {"lon=36&lat=50&accuracy_m=1e8", 400, {{"accuracy_m", "out_of_range"}}},
      {"lon=36&lat=50&accuracy_m=x", 400, {{"accuracy_m", "not_a_number"}}},
      {"lon=36&lat=50&position=50,36", 400, {{"position", "conflict"}}},
      {"position=", 400, {{"position", "missing"}}},
      {"position=somewhere", 400, {{"position", "bad_position"}}},
      {"position=nan+nan", 400, {{"position", "bad_position"}}},
      {"position=136.6,50.6", 400, {{"position", "coordinates_swapped"}}},
      {"position=50,400", 400, {{"position", "bad_position"}}},
      {"lon=36&lat=50&at=yesterday", 400, {{"at", "bad_time"}}},
      {"lon=36&lat=50&at=2024-06-15", 400, {{"at", "bad_time"}}},
      {"lon=36&lat=50&at=2024-06-15T00:00:00", 400, {{"at", "bad_time"}}},
      {"lon=36&lat=50&at=2024-02-30T00:00:00Z", 400, {{"at", "bad_time"}}},
      {"lon=36&lat=50&activity=swim", 400, {{"activity", "unknown_activity"}}},
      {"lon=36&lat=50&policy=other", 400, {{"policy", "unknown_policy"}}},
      {"lon=36&lng=36&lat=50", 400, {{"lng", "duplicate"}}},
      {"lng=36&longitude=36&lat=50", 400, {{"lng", "duplicate"}, {"longitude", "duplicate"}}},
      {"lng=36&latitude=95", 400, {{"lat", "coordinates_swapped"}}},
      {"lon=36&lat=50&colour=red", 400, {{"colour", "unknown_key"}}},
      {"lon=36&lat=50&region=XX", 400, {{"region", "unknown_key"}}},
      {"lon=36&lat=50&id=7", 400, {{"id", "unknown_key"}}},
      {"lon=36&lat=50&depth_km=0.5", 400, {{"depth_km", "out_of_range"}}},
      {"lon=36&lat=50&depth_km=301", 400, {{"depth_km", "out_of_range"}}},
      {"lon=36&lat=50&depth_km=deep", 400, {{"depth_km", "not_a_number"}}},
      {"lon=36&lat=50&parameters=depth_km", 400, {{"parameters", "wrong_type"}}},
      {"lon=36&lat=50&lat=51", 400, {{"lat", "duplicate"}}},
      {"lon=36&lat=%ZZ", 400, {{"lat", "bad_encoding"}}},
      {"lon=36&lat=%4", 400, {{"lat", "bad_encoding"}}},
      {"lon=36&lat=50&at=%FF", 400, {{"at", "bad_encoding"}}},
      {"lon=x&lat=95&at=y&activity=z&colour=red&depth_km=0",
       400,
       {{"colour", "unknown_key"},
        {"lon", "not_a_number"},
        {"at", "bad_time"},
        {"activity", "unknown_activity"},
        {"depth_km", "out_of_range"}}},
  };
  for (const auto& bad : cases) check(kordon::test::get("/v1/evaluate?" + bad.input), bad);
}

TEST_CASE("a body with faults gets 4xx, and nothing in it crashes") {
  const std::string deep(100'000, '[');
  const std::string wide = R"({"lon":36,"lat":50,"x":)" + std::string(100, '[') + std::string(100, ']') + "}";
  const std::vector<Case> cases{
      {"", 400, {{"body", "bad_json"}}},
      {"{", 400, {{"body", "bad_json"}}},
      {"[1,]", 400, {{"body", "bad_json"}}},
      {R"({"lon":36,"lat":50} x)", 400, {{"body", "bad_json"}}},
      {"\xFF", 400, {{"body", "bad_json"}}},
      {R"({"lon":NaN,"lat":50})", 400, {{"body", "bad_json"}}},
      {R"({"lon":1e999,"lat":50})", 400, {{"body", "out_of_range"}}},
      {deep, 400, {{"body", "bad_json"}}},
      {wide, 400, {{"body", "bad_json"}}},
      {"7", 400, {{"body", "wrong_type"}}},
      {"null", 400, {{"body", "wrong_type"}}},
      {R"("text")", 400, {{"body", "wrong_type"}}},
      {"{}", 400, {{"lon", "missing"}, {"lat", "missing"}}},
      {R"({"lon":null,"lat":50})", 400, {{"lon", "missing"}}},
      {R"({"lon":"36","lat":true})", 400, {{"lat", "wrong_type"}}},
      {R"({"lon":[36],"lat":{"deg":50}})", 400, {{"lon", "wrong_type"}, {"lat", "wrong_type"}}},
      {R"({"lon":12345678901234567890123,"lat":50})", 400, {{"lon", "out_of_range"}}},
      {R"({"lon":36,"lat":50,"lat":51})", 400, {{"lat", "duplicate"}}},
      {R"({"lon":36,"lat":50,"at":5})", 400, {{"at", "wrong_type"}}},
      {R"({"lon":36,"lat":50,"colour":"red"})", 400, {{"colour", "unknown_key"}}},
      {R"({"lon":36,"lat":50,"parameters":7})", 400, {{"parameters", "wrong_type"}}},
      {R"({"lon":36,"lat":50,"parameters":{"width_km":7}})", 400, {{"parameters.width_km", "unknown_parameter"}}},
      {R"({"lon":36,"lat":50,"parameters":{"lat":7}})", 400, {{"parameters.lat", "unknown_parameter"}}},
      {R"({"lon":36,"lat":50,"parameters":{"depth_km":"7"}})", 400, {{"parameters.depth_km", "wrong_type"}}},
      {R"({"lon":36,"lat":50,"parameters":{"depth_km":7,"depth_km":8}})", 400, {{"parameters.depth_km", "duplicate"}}},
      {R"({"lon":36,"lat":50,"depth_km":7,"parameters":{"depth_km":8}})", 400, {{"parameters.depth_km", "duplicate"}}},
      {R"({"items":7})", 400, {{"items", "wrong_type"}}},
      {R"({"items":{}})", 400, {{"items", "wrong_type"}}},
      {R"({"items":[],"items":[]})", 400, {{"items", "duplicate"}}},
      {R"({"items":[],"at":"soon"})", 400, {{"at", "bad_time"}}},
      {R"({"items":[],"lon":36})", 400, {{"lon", "conflict"}}},
      {R"({"items":[],"id":1})", 400, {{"id", "unknown_key"}}},
      {R"({"items":[],"accuracy_m":-1})", 400, {{"accuracy_m", "out_of_range"}}},
      {"[{},{},{},{},{},{}]", 413, {{"body", "too_many_items"}}},
      {"[1,2,3,4,5,6]", 413, {{"body", "too_many_items"}}},
  };
  for (const auto& bad : cases) check(kordon::test::post(bad.input), bad);
}

TEST_CASE("a body must be JSON by its content type") {
  const std::string body = R"({"lon":36,"lat":50})";
  for (const auto* type : {"", "text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin1"}) {
    check(kordon::test::post(body, type), {type, 415, {{"Content-Type", "unsupported_media_type"}}});
  }
  CHECK(kordon::test::post(body, "Application/JSON; charset=UTF-8").status == 200);
}

TEST_CASE("an error does not quote megabytes back") {
  const auto response = kordon::test::get("/v1/evaluate?lat=50&lon=" + std::string(100'000, '7') + "x");
  CHECK(response.status == 400);
  CHECK(response.body.size() < 1000);
}
