#include <doctest/doctest.h>

#include <algorithm>

#include "api/endpoints.hpp"
#include "tests/api/test_world.hpp"

using namespace kordon;

namespace {

std::shared_ptr<kordon::world::World> world_with_map() {
  auto world = kordon::test::small_world();
  world->web.version = std::string("1");
  world->web.files = {{"embed.html", "text/html; charset=utf-8", "<p>small", {}},
                      {"index.html", "text/html; charset=utf-8", "<p>map", "GZIP"},
                      {"map/map.js", "text/javascript; charset=utf-8", "let map;", {}}};
  return world;
}

kordon::api::http::Response ask(std::string_view target, bool accepts_gzip = false, std::string_view if_none_match = {},
                                const std::shared_ptr<kordon::world::World>& world = world_with_map()) {
  return kordon::api::answer(*world, {.method = "GET",
                                      .target = target,
                                      .accept = "text/html,*/*;q=0.8",
                                      .content_type = {},
                                      .body = {},
                                      .received = kordon::test::test_now(),
                                      .if_none_match = if_none_match,
                                      .accepts_gzip = accepts_gzip});
}

std::string field(const kordon::api::http::Response& response, std::string_view name) {
  const auto found = std::ranges::find(response.headers, name, [](const auto& field) { return field.first; });
  return found == response.headers.end() ? std::string() : found->second;
}

}  // namespace

TEST_CASE("a person gets the map, a program the links, and without a map both get a page") {
  CHECK(ask("/").body == "<p>map");
  CHECK(ask("/").content_type == "text/html; charset=utf-8");
  CHECK(ask("/embed").body == "<p>small");
  CHECK(kordon::test::get("/").content_type == "application/json");
  CHECK(ask("/", false, {}, kordon::test::small_world()).content_type == "text/html; charset=utf-8");
  CHECK(kordon::test::get("/embed").status == 404);
  CHECK(kordon::test::get("/web/map/map.js").status == 404);
}

TEST_CASE("the map's files, in folders, and nothing else") {
  CHECK(ask("/web/map/map.js").body == "let map;");
  CHECK(ask("/web/map/map.js?v=1").content_type == "text/javascript; charset=utf-8");
  for (const auto* none :
       {"/web/", "/web", "/web/map", "/web/../index.html", "/web/%2e%2e/index.html", "/web//index.html"}) {
    CAPTURE(none);
    CHECK(ask(none).status == 404);
  }
}

TEST_CASE("a file that stands compressed goes compressed to those who take it") {
  CHECK(ask("/", true).body == "GZIP");
  CHECK(ask("/", true).gzip);
  CHECK_FALSE(ask("/", false).gzip);
  CHECK_FALSE(ask("/web/map/map.js", true).gzip);
}

TEST_CASE("a file is sent again only after the map has changed") {
  const auto tag = field(ask("/web/map/map.js"), "ETag");
  CHECK(ask("/web/map/map.js", false, tag).status == 304);
  auto changed = world_with_map();
  changed->web.version = std::string("2");
  CHECK(ask("/web/map/map.js", false, tag, changed).status == 200);
  auto other_data = world_with_map();
  other_data->data_version = std::string("sha256:1");
  CHECK(ask("/web/map/map.js", false, tag, other_data).status == 304);
}

TEST_CASE("the page may ask this service and the basemap's hosts, and stands in no other's frames") {
  const auto policy = field(ask("/"), "Content-Security-Policy");
  CHECK(policy.contains("default-src 'none'"));
  CHECK(policy.contains("connect-src 'self';"));
  CHECK(policy.contains("frame-ancestors 'self'"));
  CHECK_FALSE(policy.contains("http"));
  CHECK(field(ask("/embed"), "Content-Security-Policy").contains("frame-ancestors 'self'"));

  auto world = world_with_map();
  world->config.web.basemap = {
      kordon::config::Basemap::Kind::raster, "https://t.example/{z}", "T", {"https://t.example"}};
  CHECK(field(ask("/", false, {}, world), "Content-Security-Policy").contains("connect-src 'self' https://t.example;"));
  const auto settings = kordon::test::json_of(ask("/web/settings.json", false, {}, world));
  CHECK(settings["basemap"]["kind"] == "raster");
  CHECK(settings["basemap"]["attribution"] == "T");
  CHECK(kordon::test::json_of(ask("/web/settings.json"))["basemap"].is_null());
}
