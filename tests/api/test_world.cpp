#include "tests/api/test_world.hpp"

#include <doctest/doctest.h>

#include "api/endpoints.hpp"
#include "geo/atlas/topology.hpp"

namespace kordon::test {
namespace {

policy::Rule permit(std::string id, std::size_t activity, policy::Area area) {
  policy::Rule rule;
  rule.id = std::move(id);
  rule.activity = activity;
  rule.area = std::move(area);
  rule.sources = {0};
  return rule;
}

policy::Policy test_policy(const geo::Atlas& atlas) {
  using policy::Area;
  const policy::Area inside{policy::Area::Kind::inside, *atlas.find_region("RU"), "RU", {}, {}};
  const policy::Radius depth{0, policy::Unit::kilometre, 0};
  const policy::Area near{policy::Area::Kind::within, *atlas.find_border("RU|UA"), "RU|UA", depth, {}};
  policy::Policy policy;
  policy.id = "test";
  policy.title = "A policy for tests";
  policy.disclaimer = "Not an authorisation.";
  policy.known_through = *policy::parse_instant("2024-05-31T00:00:00Z");
  policy.sources = {{"report", "A report", "A paper", "2024-05-30", "It says so."}};
  policy.parameters = {{"depth_km", "Depth", policy::Unit::kilometre, 100, 1, 300, true, "no distance is stated"}};
  policy.activities = {{"fire", "Fire", inside}, {"fly", "Fly", policy::Area{}}};
  policy.rules = {permit("fire-near", 0, policy::Area{policy::Area::Kind::all, 0, {}, {}, {inside, near}}),
                  permit("fly-anywhere", 1, policy::Area{})};
  policy.rules[0].in_force.from = policy::parse_instant("2024-05-30T00:00:00Z");
  return policy;
}

}  // namespace

geo::Region square(std::string id, geo::LonLat south_west, geo::LonLat north_east) {
  const auto [west, south] = south_west;
  const auto [east, north] = north_east;
  geo::Region region;
  region.id = region.name = std::move(id);
  region.layer = "test";
  region.accuracy_m = 100;
  region.rings = {{{west, south}, {east, south}, {east, north}, {west, north}, {west, south}}};
  return region;
}

std::shared_ptr<world::World> small_world(const config::ServerConfig& server, const std::vector<geo::Region>& more) {
  config::Config config;
  config.server = server;
  geo::Atlas atlas;
  atlas.regions = {square("RU", {36, 50.5}, {38, 52}), square("UA", {36, 49}, {38, 50.5})};
  atlas.regions.insert(atlas.regions.end(), more.begin(), more.end());
  geo::derive_topology(atlas);
  auto policy = test_policy(atlas);
  geo::Index index(atlas);
  auto world =
      std::make_shared<world::World>(std::move(config), geo::IndexedAtlas{std::move(atlas), std::move(index), {}});
  world->policies = {std::move(policy)};
  world->data_version = "sha256:0";
  return world;
}

policy::Instant test_now() { return *policy::parse_instant("2024-06-15T00:00:00Z"); }

api::http::Response get(std::string_view target) {
  static const auto world = small_world();
  return api::answer(
      *world,
      {.method = "GET", .target = target, .accept = {}, .content_type = {}, .body = {}, .received = test_now()});
}

api::http::Response post(std::string_view body, std::string_view content_type) {
  static const auto world = [] {
    config::ServerConfig server;
    server.limits.batch_rows = 5;
    return small_world(server);
  }();
  return api::answer(*world, {.method = "POST",
                              .target = "/v1/evaluate",
                              .accept = {},
                              .content_type = content_type,
                              .body = body,
                              .received = test_now()});
}

nlohmann::json json_of(const api::http::Response& response) {
  CAPTURE(response.body);
  REQUIRE(response.status == 200);
  REQUIRE(response.content_type == "application/json");
  return nlohmann::json::parse(response.body);
}

}  // namespace kordon::test
