#pragma once

#include <string>

#include "world/world.hpp"

namespace kordon::api {

/// What one request, one client and all clients together may cost, as JSON: the answer of /v1/limits.
std::string limits_json(const world::World& world);

}  // namespace kordon::api
