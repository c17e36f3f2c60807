#include <doctest/doctest.h>

#include "api/endpoints.hpp"
#include "tests/api/test_world.hpp"

using namespace kordon;
using kordon::test::get;
using kordon::test::json_of;
using kordon::test::post;

TEST_CASE("an evaluation says where the position stands, and why the verdict is what it is") {
  const auto answer = kordon::test::json_of(kordon::test::get("/v1/evaluate?lon=37&lat=50.6&at=2024-05-31T00:00:00Z"));
  CHECK(answer["position"] == nlohmann::json::parse(R"({"lon":37,"lat":50.6,"accuracy_m":0})"));
  CHECK(answer["at"] == "2024-05-31T00:00:00Z");
  CHECK(answer["data_version"] == "sha256:0");
  CHECK(answer["engine"] == "kordon 0.1.0");
  CHECK(answer["metadata"]["edges"] == "straight in longitude and latitude (RFC 7946)");
  CHECK(answer["metadata"]["notices"][0] == "Not an authorisation.");

  REQUIRE(answer["regions"].size() == 2);
  CHECK(answer["regions"][0]["id"] == "RU");
  CHECK(answer["regions"][0]["state"] == "inside");
  CHECK(answer["regions"][1]["state"] == "outside");
  // A tenth of a degree along the meridian at 50.55 N is 11,124.0 m on WGS 84 (meridian radius 6,373,560 m).
  CHECK(answer["regions"][0]["margin_m"].get<double>() == doctest::Approx(11123.96).epsilon(1e-5));
  CHECK(answer["regions"][1]["margin_m"] == -answer["regions"][0]["margin_m"].get<double>());

  REQUIRE(answer["borders"].size() == 1);
  const auto& border = answer["borders"][0];
  CHECK(border["id"] == "RU|UA");
  CHECK(border["distance_m"] == answer["regions"][0]["margin_m"]);
  CHECK(border["nearest"]["lon"].get<double>() == doctest::Approx(37).epsilon(1e-6));
  CHECK(border["nearest"]["lat"].get<double>() == doctest::Approx(50.5).epsilon(1e-9));
  CHECK(border["bearing_deg"].get<double>() == doctest::Approx(180).epsilon(1e-6));
  CHECK(border["accuracy_m"] == 100);

  REQUIRE(answer["verdicts"].size() == 2);
  const auto& fire = answer["verdicts"][0];
  CHECK(fire["policy"] == "test");
  CHECK(fire["activity"] == "fire");
  CHECK(fire["verdict"] == "eligible");
  CHECK(fire["margin_m"] == answer["regions"][0]["margin_m"]);
  CHECK(fire["margin_exact"].is_boolean());
  CHECK(fire["margin_range_m"][0].get<double>() == doctest::Approx(11023.96).epsilon(1e-3));
  CHECK(fire["margin_range_m"][1].get<double>() == doctest::Approx(11223.96).epsilon(1e-3));
  CHECK(fire["because"]["clause"] == "inside RU");
  CHECK(fire["because"]["threshold_m"] == 0);
  CHECK(fire["parameters"]["depth_km"]["value"] == 100);
  CHECK(fire["parameters"]["depth_km"]["assumed"] == true);
  CHECK(fire["parameters"]["depth_km"].contains("flips_at"));
}

TEST_CASE("what decided is said for readers: the clause that failed, or that no rule was in force") {
  const auto because = [](const std::string& more) {
    return kordon::test::json_of(
        kordon::test::get("/v1/evaluate?lon=37&lat=50.6&activity=fire" + more))["verdicts"][0]["because"];
  };
  const auto deep = because("&depth_km=5");
  CHECK(deep["clause"] == "within 5 km of RU|UA");
  CHECK(deep["state"] == "fails");
  CHECK(deep["text"].get<std::string>().starts_with("Not within 5 km of the border "));
  CHECK(deep["text"].get<std::string>().ends_with(": 6.12 km too far"));
  const auto before = because("&at=2024-05-29T23:59:59Z");
  CHECK(before["rule"].is_null());
  CHECK(before["value_m"].is_null());
  CHECK(before["state"].is_null());
  CHECK(before["text"] == "No rule was in force yet on this date: the next one is in force from 2024-05-30");
}

TEST_CASE("what is infinite is null, and the body is JSON nevertheless") {
  const auto fly = kordon::test::json_of(kordon::test::get("/v1/evaluate?lon=37&lat=50.6&activity=fly"))["verdicts"];
  REQUIRE(fly.size() == 1);
  CHECK(fly[0]["verdict"] == "eligible");
  CHECK(fly[0]["margin_m"].is_null());
  CHECK(fly[0]["margin_range_m"][0].is_null());
  CHECK(fly[0]["because"]["value_m"].is_null());
}

TEST_CASE("longitude and latitude may be spelled as map libraries have them") {
  const auto expected = json_of(get("/v1/evaluate?lon=37&lat=50.6&at=2024-05-31T00:00:00Z"));
  for (const std::string pair : {"lng=37&lat=50.6", "latitude=50.6&longitude=37", "long=37&lat=50.6"}) {
    CAPTURE(pair);
    CHECK(json_of(get("/v1/evaluate?" + pair + "&at=2024-05-31T00:00:00Z")) == expected);
  }
  CHECK(json_of(post(R"({"lng":37,"latitude":50.6,"at":"2024-05-31T00:00:00Z"})")) == expected);
}

TEST_CASE("a rule is in force from its first instant") {
  const auto verdict_at = [](const std::string& at) {
    return kordon::test::json_of(
        kordon::test::get("/v1/evaluate?lon=37&lat=50.6&activity=fire&at=" + at))["verdicts"][0]["verdict"];
  };
  CHECK(verdict_at("2024-05-29T23:59:59Z") == "ineligible");
  CHECK(verdict_at("2024-05-30T00:00:00Z") == "eligible");
  CHECK(verdict_at("2024-05-30T03:00:00%2B03:00") == "eligible");
  CHECK(verdict_at("2024-05-30T02:59:59+03:00") == "ineligible");
}

TEST_CASE("without a time it is now, and guidance later than the text is warned of") {
  const auto answer = kordon::test::json_of(kordon::test::get("/v1/evaluate?lon=37&lat=50.6"));
  CHECK(answer["at"] == "2024-06-15T00:00:00Z");
  CHECK(answer["warnings"].dump().find("2024-05-31") != std::string::npos);
}

TEST_CASE("a position outside the scope has no verdict, and one on the line an indeterminate one") {
  CHECK(kordon::test::json_of(kordon::test::get(
            "/v1/evaluate?lon=37&lat=50.4&activity=fire"))["verdicts"][0]["verdict"] == "not_applicable");
  const auto on_line = kordon::test::json_of(kordon::test::get("/v1/evaluate?lon=37&lat=50.5&activity=fire"));
  CHECK(on_line["verdicts"][0]["verdict"] == "indeterminate");
  CHECK(on_line["borders"][0]["distance_m"] == 0);
  CHECK(on_line["borders"][0]["bearing_deg"].is_null());
}

TEST_CASE("a parameter may come as a key of the query or of `parameters`") {
  for (const auto& response :
       {kordon::test::get("/v1/evaluate?lon=37&lat=50.6&activity=fire&depth_km=5"),
        kordon::test::post(R"({"lon":37,"lat":50.6,"activity":"fire","parameters":{"depth_km":5}})"),
        kordon::test::post(R"({"lon":37,"lat":50.6,"activity":"fire","depth_km":5})")}) {
    const auto fire = kordon::test::json_of(response)["verdicts"][0];
    CHECK(fire["verdict"] == "ineligible");
    CHECK(fire["parameters"]["depth_km"]["value"] == 5);
    CHECK(fire["because"]["threshold_m"] == 5000);
  }
}

TEST_CASE("of a grid square's half diagonal and a stated accuracy the larger one holds") {
  const auto accuracy = [](const std::string& query) {
    return kordon::test::json_of(kordon::test::get("/v1/evaluate?position=37UDS1010" + query))["position"]["accuracy_m"]
        .get<double>();
  };
  CHECK(accuracy("") == doctest::Approx(707.1).epsilon(1e-3));
  CHECK(accuracy("&accuracy_m=10") == doctest::Approx(707.1).epsilon(1e-3));
  CHECK(accuracy("&accuracy_m=900") == 900);
}

TEST_CASE("a swap that is only likely is a warning") {
  const auto warned = [](const std::string& query) {
    return kordon::test::json_of(kordon::test::get("/v1/evaluate?" + query))["warnings"].dump().find("swapped") !=
           std::string::npos;
  };
  CHECK(warned("lon=50.6&lat=37"));
  CHECK(warned("position=37,50.6"));
  CHECK_FALSE(warned("lon=37&lat=50.6"));
  CHECK_FALSE(warned("lon=38.5&lat=50.6"));
  CHECK_FALSE(warned("lon=100&lat=10"));
}

TEST_CASE("a position in or near a region is believed, even if its swap lies in one, too") {
  const auto world = kordon::test::small_world({}, {kordon::test::square("FAR", {50, 36}, {52, 38})});
  const auto warned = [&](std::string_view target) {
    const auto response = kordon::api::answer(
        *world, {.method = "GET", .target = target, .accept = {}, .content_type = {}, .body = {}, .received = {}});
    return kordon::test::json_of(response)["warnings"].dump().contains("swapped");
  };
  CHECK_FALSE(warned("/v1/evaluate?lon=37&lat=50.6"));
  CHECK_FALSE(warned("/v1/evaluate?lon=50.6&lat=37"));
}

TEST_CASE("GET, POST of one object and a batch of one give the same numbers") {
  const auto got = kordon::test::json_of(kordon::test::get("/v1/evaluate?lon=37.25&lat=50.75"));
  const auto posted = kordon::test::json_of(kordon::test::post(R"({"lon":37.25,"lat":50.75})"));
  const auto batch = kordon::test::json_of(kordon::test::post(R"([{"lon":37.25,"lat":50.75}])"))["items"][0];
  CHECK(got == posted);
  for (const auto* key : {"position", "at", "regions", "borders", "verdicts", "warnings"})
    CHECK(batch[key] == got[key]);
}
