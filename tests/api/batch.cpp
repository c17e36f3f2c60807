#include <doctest/doctest.h>

#include "tests/api/test_world.hpp"

using kordon::test::json_of;
using kordon::test::post;

TEST_CASE("a batch keeps order and ids, and a bad item does not stop the rest") {
  const auto answer = kordon::test::json_of(kordon::test::post(R"([
    {"id": "a", "lon": 37, "lat": 50.6},
    {"id": 9007199254740993, "lon": 100, "lat": 95},
    {"position": "50.4, 37"},
    17,
    {"id": "e", "lon": 37, "lat": 50.6, "colour": "red", "lat": 3}
  ])"));
  const auto& items = answer["items"];
  REQUIRE(items.size() == 5);
  CHECK(items[0]["id"] == "a");
  CHECK(items[0]["verdicts"][0]["verdict"] == "eligible");
  CHECK_FALSE(items[0].contains("error"));
  CHECK(items[1]["id"].get<std::int64_t>() == 9007199254740993);
  CHECK(items[1]["error"]["code"] == "out_of_range");
  CHECK(items[1]["error"]["errors"][0]["where"] == "lat");
  CHECK_FALSE(items[1].contains("verdicts"));
  CHECK_FALSE(items[2].contains("id"));
  CHECK(items[2]["verdicts"][0]["verdict"] == "not_applicable");
  CHECK(items[3]["error"]["code"] == "wrong_type");
  CHECK(items[4]["error"]["code"] == "duplicate");
  CHECK(answer["summary"] == nlohmann::json::parse(R"({"items":5,"errors":3})"));
  CHECK(answer["data_version"] == "sha256:0");
}

TEST_CASE("shared members hold for every item that does not set its own") {
  const auto answer = kordon::test::json_of(kordon::test::post(R"({
    "at": "2024-05-30T00:00:00Z", "activity": "fire", "parameters": {"depth_km": 5}, "accuracy_m": 3,
    "items": [
      {"lon": 37, "lat": 50.6},
      {"lon": 37, "lat": 50.6, "depth_km": 50},
      {"lon": 37, "lat": 50.6, "parameters": {"depth_km": 50}, "accuracy_m": 7},
      {"lon": 37, "lat": 50.6, "at": "2024-05-29T00:00:00Z", "activity": null},
      {"lon": 37, "lat": 50.6, "at": "never"}
    ]})"));
  const auto& items = answer["items"];
  CHECK(items[0]["verdicts"].size() == 1);
  CHECK(items[0]["verdicts"][0]["verdict"] == "ineligible");
  CHECK(items[0]["position"]["accuracy_m"] == 3);
  CHECK(items[1]["verdicts"][0]["verdict"] == "eligible");
  CHECK(items[1]["at"] == "2024-05-30T00:00:00Z");
  CHECK(items[2]["verdicts"][0]["verdict"] == "eligible");
  CHECK(items[2]["position"]["accuracy_m"] == 7);
  CHECK(items[3]["verdicts"].size() == 2);
  CHECK(items[3]["at"] == "2024-05-29T00:00:00Z");
  CHECK(items[4]["error"]["code"] == "bad_time");
}

TEST_CASE("an empty batch has an empty answer") {
  CHECK(kordon::test::json_of(kordon::test::post("[]"))["items"].empty());
  CHECK(kordon::test::json_of(kordon::test::post(R"({"items":[]})"))["summary"]["items"] == 0);
}

TEST_CASE("an id is any JSON scalar and comes back as it was written") {
  const auto answer = kordon::test::post(R"([{"id":true,"lon":37,"lat":50},{"id":1.50,"lon":37,"lat":50},
      {"id":null,"lon":37,"lat":50},{"id":-3,"lon":37,"lat":50},{"id":[1],"lon":37,"lat":50}])");
  for (const auto* id : {"\"id\":true,", "\"id\":1.50,", "\"id\":null,", "\"id\":-3,"}) CHECK(answer.body.contains(id));
  const auto items = kordon::test::json_of(answer)["items"];
  for (std::size_t i = 0; i < 4; ++i) CHECK_FALSE(items[i].contains("error"));
  CHECK(items[4]["error"]["errors"][0]["where"] == "id");
}

TEST_CASE("what an item has besides comes back under properties") {
  const auto items = kordon::test::json_of(kordon::test::post(R"([{"lon":37,"colour":"red","lat":50}])"))["items"];
  CHECK(items[0]["properties"]["colour"] == "red");
  CHECK_FALSE(items[0].contains("error"));
}

TEST_CASE("shared members stand before the items, behind them, or in the query") {
  const auto item = R"({"lon":37,"lat":50.6})";
  const auto before = kordon::test::post(std::string(R"({"at":"2024-06-01T00:00:00Z","items":[)") + item + "]}");
  const auto behind = kordon::test::post(std::string(R"({"items":[)") + item + R"(],"at":"2024-06-01T00:00:00Z"})");
  CHECK(before.status == 200);
  CHECK(before.body == behind.body);
  CHECK(kordon::test::json_of(before)["items"][0]["at"] == "2024-06-01T00:00:00Z");
}
