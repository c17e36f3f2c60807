#pragma once

#include "world/world.hpp"

namespace kordon::fuzz {

/// Two squares that share an edge, `RU` and `UA`, and one policy with a parameter.
const world::World& small_world();

/// When all requests arrive.
policy::Instant now();

}  // namespace kordon::fuzz
