#pragma once

#include "config/world.hpp"

namespace kordon::fuzz {

/// Two squares that share an edge, `RU` and `UA`, and one policy with a parameter.
const config::World& small_world();

/// When all requests arrive.
policy::Instant now();

}  // namespace kordon::fuzz
