#include "cartography/zone_cache.hpp"

#include <doctest/doctest.h>

namespace {

std::shared_ptr<const kordon::cartography::Polygons> zone(std::size_t vertices) {
  return std::make_shared<const kordon::cartography::Polygons>(
      kordon::cartography::Polygons{{kordon::geo::Line(vertices)}});
}

}  // namespace

TEST_CASE("the zones that were not asked for longest go first") {
  kordon::cartography::ZoneCache cache(1000);
  cache.put("a", zone(300));
  cache.put("b", zone(300));
  CHECK(cache.find("a") != nullptr);
  cache.put("c", zone(300));
  CHECK(cache.find("a") != nullptr);
  CHECK(cache.find("b") == nullptr);
  CHECK(cache.find("c") != nullptr);
}

TEST_CASE("it never holds more than it may") {
  kordon::cartography::ZoneCache cache(1000);
  cache.put("whale", zone(5000));
  CHECK(cache.vertices() == 0);
  for (int i = 0; i < 100; ++i) {
    cache.put(std::to_string(i), zone(static_cast<std::size_t>(i) * 7));
    cache.put(std::to_string(i), zone(1));
    CHECK(cache.vertices() <= 1000);
  }
}
