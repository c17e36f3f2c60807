#pragma once

#include <vector>

#include "config/world.hpp"

namespace kordon::api {

/// When anything in a policy begins or ends, ascending, each once. Between two of them all times say the same.
std::vector<policy::Instant> turns_of(const config::World& world);

}  // namespace kordon::api
