#include "world/data_version.hpp"

#include <doctest/doctest.h>

#include <functional>

#include "tests/config/temp_dir.hpp"

namespace kordon::world::test {
namespace {

config::Config config_in(const config::test::TempDir& dir) {
  config::Config config;
  geo::LayerSource layer;
  layer.id = "lines";
  layer.file = config::test::write(dir, "l.shp", "shapes").string();
  config.layers = {layer};
  config::test::write(dir, "l.dbf", "records");
  config::test::write(dir, "l.txt", "not read");
  config.policies = {config::test::write(dir, "p.json", "{}")};
  config.border_accuracy_m = {{"A|B", 280}};
  return config;
}

std::string version_after(const std::function<void(const config::test::TempDir&, config::Config&)>& change) {
  const config::test::TempDir dir;
  auto config = config_in(dir);
  change(dir, config);
  return input_versions(config).answers;
}

}  // namespace

TEST_CASE("a version is a SHA-256 that does not depend on where the files lie") {
  const auto version = version_after([](auto&, auto&) {});
  CHECK(version.starts_with("sha256:"));
  CHECK(version.size() == 7 + 64);
  CHECK(version.find_first_not_of("0123456789abcdef", 7) == std::string::npos);
  CHECK(version == version_after([](auto&, auto&) {}));
}

TEST_CASE("a data version changes with all that an answer depends on") {
  const std::vector<std::function<void(const config::test::TempDir&, config::Config&)>> changes{
      [](auto& dir, auto&) { config::test::write(dir, "l.shp", "shapez"); },
      [](auto& dir, auto&) { config::test::write(dir, "l.dbf", "recordz"); },
      [](auto& dir, auto&) { config::test::write(dir, "l.prj", ""); },
      [](auto& dir, auto&) { config::test::write(dir, "p.json", "{ }"); },
      [](auto&, auto& config) { config.layers[0].accuracy_m = 1; },
      [](auto&, auto& config) { config.layers[0].only = {"A"}; },
      [](auto&, auto& config) { config.border_accuracy_m["A|B"] = 281; },
  };
  const auto version = version_after([](auto&, auto&) {});
  for (const auto& change : changes) CHECK(version != version_after(change));
}

TEST_CASE("a data version does not change with anything else") {
  const auto version = version_after([](auto&, auto&) {});
  CHECK(version == version_after([](auto& dir, auto&) { config::test::write(dir, "l.txt", "other"); }));
  CHECK(version == version_after([](auto&, auto& config) { config.server.threads = 7; }));
}

TEST_CASE("an atlas version stays when configuration and layers are moved together, and not when apart") {
  const auto version_in = [](const std::string& config_folder) {
    const config::test::TempDir dir;
    auto config = config_in(dir);
    config.file = dir.path(config_folder) / "kordon.json";
    return input_versions(config).atlas;
  };
  CHECK(version_in("a") == version_in("b"));
  CHECK(version_in("a") != version_in("a/b"));
}

TEST_CASE("a file that has gone is not passed over") {
  CHECK_THROWS(version_after([](auto& dir, auto&) { std::filesystem::remove(dir.path("l.shp")); }));
}

TEST_CASE("a data version tells an index file that says something else than its layers") {
  CHECK(data_version("sha256:0", 1) != data_version("sha256:0", 2));
  CHECK(data_version("sha256:0", 1) != data_version("sha256:1", 1));
}

}  // namespace kordon::world::test
