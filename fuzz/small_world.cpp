#include "fuzz/small_world.hpp"

#include <memory>

#include "geo/atlas/topology.hpp"

namespace kordon::fuzz {
namespace {

geo::Region square(std::string id, geo::LonLat south_west, geo::LonLat north_east) {
  const auto [west, south] = south_west;
  const auto [east, north] = north_east;
  geo::Region region{.id = id, .name = id, .layer = "fuzz", .accuracy_m = 100, .rings = {}};
  region.rings = {{{west, south}, {east, south}, {east, north}, {west, north}, {west, south}}};
  return region;
}

geo::Atlas small_atlas() {
  geo::Atlas atlas;
  atlas.regions = {square("RU", {36, 50.5}, {38, 52}), square("UA", {36, 49}, {38, 50.5})};
  geo::derive_topology(atlas);
  return atlas;
}

policy::Policy small_policy(const geo::Atlas& atlas) {
  using policy::Area;
  const Area inside{Area::Kind::inside, *atlas.find_region("RU"), "RU", {}, {}};
  const Area near{Area::Kind::within, *atlas.find_border("RU|UA"), "RU|UA", {0, policy::Unit::kilometre, 0}, {}};
  policy::Policy policy;
  policy.id = "p";
  policy.sources = {{"s", "S", "P", "2024-05-30", "."}};
  policy.parameters = {{"depth_km", "Depth", policy::Unit::kilometre, 100, 1, 300, true, "none"}};
  policy.activities = {{"fire", "Fire", inside}};
  policy::Rule rule;
  rule.id = "r";
  rule.area = {Area::Kind::all, 0, {}, {}, {inside, near}};
  rule.sources = {0};
  rule.in_force.from = policy::parse_instant("2024-05-30T00:00:00Z");
  policy.rules = {rule};
  return policy;
}

}  // namespace

const world::World& small_world() {
  static const auto world = [] {
    auto atlas = small_atlas();
    geo::Index index(atlas);
    auto made =
        std::make_unique<world::World>(config::Config{}, geo::IndexedAtlas{std::move(atlas), std::move(index), {}});
    // Few rows, so that their limit is met.
    made->config.server.limits.batch_rows = 20;
    made->policies = {small_policy(made->atlas)};
    made->data_version = "sha256:0";
    return made;
  }();
  return *world;
}

policy::Instant now() { return *policy::parse_instant("2024-06-15T00:00:00Z"); }

}  // namespace kordon::fuzz
