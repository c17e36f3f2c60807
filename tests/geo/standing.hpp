#pragma once

#include "geo/index.hpp"

namespace kordon::geo::test {

/// Where a place stands against one target, asked by itself. The place is valid.
inline Standing standing_of(const Index& index, Target target, LonLat place) {
  Standing standing;
  index.locate(Position::checked(place).value(), {&target, 1}, {&standing, 1});
  return standing;
}

}  // namespace kordon::geo::test
