#include "api/http/caching.hpp"

#include <doctest/doctest.h>

#include "api/endpoints.hpp"
#include "tests/api/test_world.hpp"

namespace {

constexpr std::string_view evaluation = "/v1/evaluate?lon=37&lat=51&at=2024-06-15T00:00:00Z";

kordon::api::http::Response ask(const kordon::world::World& world, std::string_view target,
                                std::string_view if_none_match = {}, std::string_view accept = {}) {
  return kordon::api::answer(world, {.method = "GET",
                                     .target = target,
                                     .accept = accept,
                                     .content_type = {},
                                     .body = {},
                                     .received = kordon::test::test_now(),
                                     .if_none_match = if_none_match});
}

std::string field(const kordon::api::http::Response& response, std::string_view name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return {};
}

const kordon::world::World& world() {
  static const auto made = kordon::test::small_world();
  return *made;
}

}  // namespace

TEST_CASE("what changes only with the data is known again by its tag") {
  for (const std::string_view target :
       {evaluation, std::string_view("/v1/policies"), std::string_view("/collections/regions/items?limit=1"),
        std::string_view("/collections/zones/items/test:fire-near"), std::string_view("/v1/limits")}) {
    CAPTURE(target);
    const auto first = ask(world(), target);
    REQUIRE(first.status == 200);
    const auto tag = field(first, "ETag");
    REQUIRE_FALSE(tag.empty());
    CHECK(field(first, "Cache-Control") == "no-cache");
    for (const auto& known : {tag, "\"x\", " + tag, std::string("*")}) {
      const auto again = ask(world(), target, known);
      CHECK(again.status == 304);
      CHECK(again.body.empty());
      CHECK(field(again, "ETag") == tag);
    }
    CHECK(ask(world(), target, "\"0000000000000000\"").status == 200);
  }
}

TEST_CASE("another data version, request or media type has another tag") {
  const auto newer = [] {
    auto made = std::const_pointer_cast<kordon::world::World>(kordon::test::small_world());
    made->data_version = "sha256:1";
    return made;
  }();
  const auto tag = field(ask(world(), evaluation), "ETag");
  CHECK(field(ask(*newer, evaluation), "ETag") != tag);
  CHECK(field(ask(world(), "/v1/evaluate?lon=37&lat=51&at=2024-06-15T00:00:01Z"), "ETag") != tag);
  const auto geojson = ask(world(), "/collections/borders/items/RU%7CUA");
  const auto json = ask(world(), "/collections/borders/items/RU%7CUA", {}, "application/json");
  CHECK(field(geojson, "ETag") != field(json, "ETag"));
  CHECK(field(geojson, "Vary") == "Accept");
  CHECK(field(ask(world(), evaluation), "Vary").empty());
}

TEST_CASE("the tag of the limits changes with them, not with the data") {
  const auto other = std::const_pointer_cast<kordon::world::World>(kordon::test::small_world());
  const auto tag = field(ask(world(), "/v1/limits"), "ETag");
  other->data_version = "sha256:1";
  CHECK(field(ask(*other, "/v1/limits"), "ETag") == tag);
  other->config.server.limits.body_bytes += 1;
  CHECK(field(ask(*other, "/v1/limits"), "ETag") != tag);
}

TEST_CASE("what depends on the moment is not stored") {
  const auto response = ask(world(), "/v1/evaluate?lon=37&lat=51", "*");
  CHECK(response.status == 200);
  CHECK(field(response, "ETag").empty());
  CHECK(field(response, "Cache-Control") == "no-store");
}

TEST_CASE("a problem has no tag, whatever the client says that it knows") {
  const auto response = ask(world(), "/collections/regions/items/XX", "*");
  CHECK(response.status == 404);
  CHECK(field(response, "ETag").empty());
}

TEST_CASE("a page that states its time has a weak tag") {
  CHECK(field(ask(world(), "/collections/regions/items"), "ETag").starts_with("W/\""));
  CHECK(field(ask(world(), "/collections/regions/items/RU"), "ETag").starts_with("\""));
}
