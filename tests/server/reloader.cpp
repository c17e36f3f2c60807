// What the thread that reloads does between reloads.
#include "server/reloader.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "tests/server/running.hpp"

using namespace kordon;
using std::chrono::milliseconds;

namespace {

/// One square and no policy, in a folder of its own.
struct Site {
  std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("kordon_reloader_test_" + std::to_string(getpid()));
  std::filesystem::path config = folder / "kordon.json";

  Site() {
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "square.geojson") << R"({"type": "FeatureCollection", "features": [
      {"type": "Feature", "properties": {"id": "A"}, "geometry":
        {"type": "Polygon", "coordinates": [[[10, 50], [11, 50], [11, 51], [10, 51], [10, 50]]]}}]})";
    std::ofstream(config) << R"({"layers": [{"id": "squares", "file": "square.geojson", "accuracy_m": 30,
      "attribution": "a", "licence": "l", "source": "s"}], "policies": []})";
  }
  ~Site() { std::filesystem::remove_all(folder); }
  Site(const Site&) = delete;
  Site& operator=(const Site&) = delete;
};

/// Waits for what another thread does; false after ten seconds.
bool comes_true(const auto& condition) {
  for (int waits = 0; waits < 1000; ++waits) {
    if (condition()) return true;
    std::this_thread::sleep_for(milliseconds(10));
  }
  return false;
}

bool has_all_shapes(const kordon::world::World& world) {
  for (int level = 0; level < kordon::cartography::level_count; ++level) {
    if (!world.maps.has_shapes(kordon::cartography::offset_deg_of(level))) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("shapes are simplified before anybody asks for them, and worlds that were replaced are let go") {
  const Site site;
  auto first = kordon::world::load_world(site.config).value();
  kordon::server::Server server(kordon::test::small_limits(), first);
  server.start();
  kordon::server::Reloader reloader(server, site.config, first);
  CHECK(comes_true([&] { return has_all_shapes(*first); }));
  const std::weak_ptr<const kordon::world::World> old = first;
  first.reset();
  CHECK_FALSE(old.expired());
  reloader.request();
  CHECK(comes_true([&] { return old.expired(); }));
}
