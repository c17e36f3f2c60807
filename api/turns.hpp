#pragma once

#include <string>
#include <vector>

#include "config/world.hpp"

namespace kordon::api {

/// When anything in a policy begins or ends, ascending, each once. Between two of them all times say the same.
std::vector<policy::Instant> turns_of(const config::World& world);

/// Appends what tells apart times that say different things: times between the same turns have the same.
void append_turn(std::string& key, const std::vector<policy::Instant>& turns, policy::Instant at);

}  // namespace kordon::api
