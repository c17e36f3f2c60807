#include "world/world.hpp"

#include <doctest/doctest.h>

#include "tests/config/policy_text.hpp"
#include "tests/config/temp_dir.hpp"

namespace kordon::world::test {
namespace {

using Lines = std::vector<std::string>;

constexpr std::string_view layer = R"({"type": "FeatureCollection", "features": [
  {"type": "Feature", "properties": {"id": "A"}, "geometry":
    {"type": "Polygon", "coordinates": [[[10, 50], [11, 50], [11, 51], [10, 51], [10, 50]]]}},
  {"type": "Feature", "properties": {"id": "B"}, "geometry":
    {"type": "Polygon", "coordinates": [[[11, 50], [12, 50], [12, 51], [11, 51], [11, 50]]]}}]})";

constexpr std::string_view config = R"({
  "layers": [{"id": "squares", "file": "squares.geojson", "accuracy_m": 30,
              "attribution": "a", "licence": "l", "source": "s"}],
  "borders": {"note": "n", "accuracy_m": {"A|B": 5}},
  "policies": ["p.json"]})";

struct Site {
  config::test::TempDir dir;

  Site() {
    config::test::write(dir, "squares.geojson", layer);
    config::test::write(dir, "kordon.json", config);
    config::test::write(dir, "p.json", config::test::good_policy);
  }
  [[nodiscard]] auto load() const { return load_world(dir.path("kordon.json")); }
  [[nodiscard]] Lines faults() const {
    const auto world = load();
    return world ? Lines{} : config::test::lines(world.error(), dir);
  }
};

}  // namespace

TEST_CASE("a world is loaded whole") {
  const Site site;
  REQUIRE(site.faults() == Lines{});
  const auto world = site.load().value();
  CHECK(world->atlas.regions.size() == 2);
  CHECK(world->index.target_count() == 3);
  CHECK(world->accuracy_m == std::vector<double>{30, 30, 5});
  CHECK(world->policies.at(0).rules[0].area.parts[1].target == 2);
  CHECK(world->data_version.starts_with("sha256:"));
  CHECK(world->warnings.empty());
}

TEST_CASE("a data version is the same with an index file, and without one") {
  const Site site;
  const auto without = site.load().value();
  CHECK(without->data_version == site.load().value()->data_version);
  config::test::write(
      site.dir, "kordon.json",
      config::test::replaced(std::string(config), R"("policies")", R"("index_file": "kordon.index", "policies")"));
  for (int i = 0; i < 2; ++i) CHECK(site.load().value()->data_version == without->data_version);
  CHECK(std::filesystem::exists(site.dir.path("kordon.index")));
}

TEST_CASE("without the service's parts, the tokens are not looked at") {
  const Site site;
  config::test::write(
      site.dir, "kordon.json",
      config::test::replaced(std::string(config), R"("policies")", R"("server": {"tokens": "p.json"}, "policies")"));
  CHECK_FALSE(site.load());
  CHECK(load_world(site.dir.path("kordon.json"), Parts::answers));
}

TEST_CASE("an area names a region that no layer has") {
  const Site site;
  config::test::write(
      site.dir, "p.json",
      config::test::replaced(std::string(config::test::good_policy), R"("inside": "B")", R"("inside": "XX")"));
  CHECK(site.faults() == Lines{"p.json: /rules/0/area/all/0/inside: region 'XX' is in no layer"});
}

TEST_CASE("faults of the configuration and of a policy are told together") {
  const Site site;
  config::test::write(site.dir, "kordon.json",
                      config::test::replaced(std::string(config), R"("accuracy_m": 30)", R"("accuracy_m": -30)"));
  config::test::write(site.dir, "p.json",
                      config::test::replaced(std::string(config::test::good_policy), R"("title": "P", )", ""));
  CHECK(site.faults() ==
        Lines{"kordon.json: /layers/0/accuracy_m: is -30, expected 0 to 1000000", "p.json: key 'title' is missing"});
}

TEST_CASE("faults of a layer and of a policy are told together") {
  const Site site;
  config::test::write(site.dir, "squares.geojson", "not a layer");
  config::test::write(site.dir, "p.json", "{");
  const auto faults = site.faults();
  CAPTURE(faults);
  REQUIRE(faults.size() >= 2);
  CHECK(faults.front().starts_with("squares.geojson: "));
  CHECK(faults.back().starts_with("p.json: line 1"));
}

TEST_CASE("two files with the same policy id are refused") {
  const Site site;
  config::test::write(site.dir, "q.json", config::test::good_policy);
  config::test::write(site.dir, "kordon.json",
                      config::test::replaced(std::string(config), R"("p.json")", R"("p.json", "q.json")"));
  CHECK(site.faults() == Lines{"q.json: /id: policy id 'p' is used by another file"});
}

TEST_CASE("the configuration that ships loads, and says what the contract says") {
  const auto world = load_world(std::filesystem::path(KORDON_SOURCE_DIR) / "config/kordon.json").value();
  CHECK(world->accuracy_m[world->atlas.find_region("RU").value()] == 280);
  CHECK(world->accuracy_m[world->atlas.find_region("UA-63").value()] == 4000);
  CHECK(world->accuracy_m[world->atlas.find_border("RU|UA-63").value()] == 280);
  const auto& policy = world->policies.at(0);
  CHECK(policy.id == "us-kharkiv-2024");
  CHECK(policy.find_activity("counter-fire"));
  CHECK(policy.find_activity("long-range"));
  CHECK(policy.find_activity("air-defence"));
}

}  // namespace kordon::world::test
