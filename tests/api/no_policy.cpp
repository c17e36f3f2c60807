// A world without policies: where a position stands is an answer by itself.
#include <doctest/doctest.h>

#include "api/endpoints.hpp"
#include "api/stream.hpp"
#include "tests/api/test_world.hpp"

using nlohmann::json;

namespace {

const kordon::world::World& world() {
  static const auto made = [] {
    auto world = kordon::test::small_world(
        {}, {kordon::test::square("FAR", {60, 10}, {61, 11}), kordon::test::square("ISLE", {38.1, 50}, {38.2, 50.2})});
    world->policies.clear();
    return world;
  }();
  return *made;
}

kordon::api::http::Request request(std::string_view method, std::string_view target, std::string_view content_type) {
  return {.method = method,
          .target = target,
          .accept = {},
          .content_type = content_type,
          .body = {},
          .received = kordon::test::test_now()};
}

kordon::api::http::Response ask(const std::string& query) {
  const auto target = "/v1/evaluate?" + query;
  return kordon::api::answer(world(), request("GET", target, {}));
}

std::vector<std::string> ids_of(const json& items) {
  std::vector<std::string> ids;
  for (const auto& item : items) ids.push_back(item["id"]);
  return ids;
}

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("without policies regions and border sections are answered, and verdicts are none") {
  const auto answer = kordon::test::json_of(ask("lon=37.9&lat=50.4"));
  CHECK(ids_of(answer["regions"]) == Ids{"RU", "UA", "ISLE"});
  CHECK(answer["regions"][1]["state"] == "inside");
  CHECK(ids_of(answer["borders"]) == Ids{"RU|UA"});
  CHECK(answer["verdicts"].empty());
}

TEST_CASE("what is farther than near_km, or not among the nearest, is listed where it is asked for only") {
  const auto regions = [](const std::string& more) {
    return ids_of(kordon::test::json_of(ask("lon=37.9&lat=50.4" + more))["regions"]);
  };
  CHECK(regions("&near_km=5") == Ids{"UA"});
  CHECK(regions("&nearest=1") == Ids{"RU", "UA"});
  CHECK(regions("&nearest=0&regions=FAR") == Ids{"UA", "FAR"});
  CHECK(regions("&regions=all") == Ids{"RU", "UA", "FAR", "ISLE"});
  CHECK(regions("&near_km=20000") == Ids{"RU", "UA", "FAR", "ISLE"});
  const auto far = kordon::test::json_of(ask("lon=60.5&lat=10.5&near_km=0"));
  CHECK(ids_of(far["borders"]) == Ids{"RU|UA"});
}

TEST_CASE("what of a policy is asked for is refused where none is loaded, and so are figures out of range") {
  for (const auto* bad : {"policy=test", "activity=fire", "near_km=-1", "near_km=30000", "nearest=1.5", "nearest=1001",
                          "regions=XX", "regions=RU,,UA", "depth_km=60"}) {
    CAPTURE(bad);
    CHECK(ask("lon=37&lat=50.6&" + std::string(bad)).status == 400);
  }
}

TEST_CASE("a row's verdict and margin are empty without policies, and all else is there") {
  const auto opened = kordon::api::open_stream(world(), request("POST", "/v1/evaluate", "text/csv"));
  REQUIRE(opened.has_value());
  REQUIRE(opened->has_value());
  std::string out;
  REQUIRE((*opened)->stream->feed("lon,lat\n37.9,50.4\n", out));
  REQUIRE((*opened)->stream->finish(out));
  CHECK(out.find("\n37.9,50.4,,,111") != std::string::npos);
  CHECK(out.find(",UA,\n") != std::string::npos);
}
