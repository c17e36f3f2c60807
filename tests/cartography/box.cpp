#include "cartography/box.hpp"

#include <doctest/doctest.h>

using namespace kordon;
using kordon::cartography::Box;

namespace {

const kordon::geo::Line diagonal{{0, 0}, {10, 10}};
const kordon::cartography::Polygons ring_with_hole{
    {{{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}}, {{2, 2}, {2, 8}, {8, 8}, {8, 2}, {2, 2}}}};

}  // namespace

TEST_CASE("a line touches a box that it only crosses, and none beside it") {
  CHECK(kordon::cartography::touches(diagonal, kordon::cartography::Box{4, 4, 6, 6}));
  CHECK(kordon::cartography::touches(diagonal, kordon::cartography::Box{10, 10, 11, 11}));
  CHECK(kordon::cartography::touches(diagonal, kordon::cartography::Box{5, 5, 5, 5}));
  CHECK_FALSE(kordon::cartography::touches(diagonal, kordon::cartography::Box{6, 0, 10, 4}));
  CHECK_FALSE(kordon::cartography::touches(diagonal, kordon::cartography::Box{11, 11, 12, 12}));
}

TEST_CASE("a polygon touches a box within it, and none within its hole") {
  CHECK(kordon::cartography::touches(ring_with_hole, kordon::cartography::Box{0.5, 0.5, 1, 1}));
  CHECK(kordon::cartography::touches(ring_with_hole, kordon::cartography::Box{-5, -5, 15, 15}));
  CHECK(kordon::cartography::touches(ring_with_hole, kordon::cartography::Box{1, 4, 3, 5}));
  CHECK_FALSE(kordon::cartography::touches(ring_with_hole, kordon::cartography::Box{4, 4, 5, 5}));
  CHECK_FALSE(kordon::cartography::touches(ring_with_hole, kordon::cartography::Box{11, 0, 12, 10}));
}

TEST_CASE("the box of nothing touches nothing") {
  CHECK_FALSE(kordon::cartography::box_of({}).touches(kordon::cartography::Box{-180, -90, 180, 90}));
  CHECK(kordon::cartography::box_of(diagonal).contains(kordon::cartography::Box{1, 1, 10, 10}));
}
