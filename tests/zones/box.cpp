#include "zones/box.hpp"

#include <doctest/doctest.h>

using namespace kordon;
using zones::Box;

namespace {

const geo::Line diagonal{{0, 0}, {10, 10}};
const zones::Polygons ring_with_hole{
    {{{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}}, {{2, 2}, {2, 8}, {8, 8}, {8, 2}, {2, 2}}}};

}  // namespace

TEST_CASE("a line touches a box that it only crosses, and none beside it") {
  CHECK(zones::touches(diagonal, Box{4, 4, 6, 6}));
  CHECK(zones::touches(diagonal, Box{10, 10, 11, 11}));
  CHECK(zones::touches(diagonal, Box{5, 5, 5, 5}));
  CHECK_FALSE(zones::touches(diagonal, Box{6, 0, 10, 4}));
  CHECK_FALSE(zones::touches(diagonal, Box{11, 11, 12, 12}));
}

TEST_CASE("a polygon touches a box within it, and none within its hole") {
  CHECK(zones::touches(ring_with_hole, Box{0.5, 0.5, 1, 1}));
  CHECK(zones::touches(ring_with_hole, Box{-5, -5, 15, 15}));
  CHECK(zones::touches(ring_with_hole, Box{1, 4, 3, 5}));
  CHECK_FALSE(zones::touches(ring_with_hole, Box{4, 4, 5, 5}));
  CHECK_FALSE(zones::touches(ring_with_hole, Box{11, 0, 12, 10}));
}

TEST_CASE("the box of nothing touches nothing") {
  CHECK_FALSE(zones::box_of({}).touches(Box{-180, -90, 180, 90}));
  CHECK(zones::box_of(diagonal).contains(Box{1, 1, 10, 10}));
}
