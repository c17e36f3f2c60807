#include "cartography/maps.hpp"

#include <doctest/doctest.h>

#include <array>
#include <thread>

#include "tests/geo/atlas_from_wkt.hpp"

using namespace kordon;

TEST_CASE("shapes are made when they are asked for, each level for itself") {
  const auto atlas = atlas_from_wkt({{"A", "POLYGON ((0 0, 5 0.001, 10 0, 10 10, 0 10, 0 0))"}});
  const kordon::cartography::Maps maps(atlas);
  CHECK_FALSE(maps.has_shapes(0.01));
  const auto shapes = maps.shapes(0.01);
  CHECK(maps.has_shapes(0.01));
  CHECK(maps.has_shapes(0.0127));
  CHECK_FALSE(maps.has_shapes(0));
  CHECK_FALSE(maps.has_shapes(0.02));
  CHECK(maps.shapes(0.0127) == shapes);
}

TEST_CASE("threads that ask for the same shapes at once are given the same") {
  const auto atlas = atlas_from_wkt({{"A", "POLYGON ((0 0, 5 0.001, 10 0, 10 10, 0 10, 0 0))"}});
  const kordon::cartography::Maps maps(atlas);
  std::array<std::shared_ptr<const kordon::cartography::Shapes>, 8> given;
  {
    std::vector<std::jthread> threads;
    for (auto& mine : given) threads.emplace_back([&] { mine = maps.shapes(0.01); });
  }
  for (const auto& one : given) CHECK(one == given.front());
}
