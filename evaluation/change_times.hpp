#pragma once

#include <string>
#include <vector>

#include "world/world.hpp"

namespace kordon::evaluation {

/// When anything in a policy begins or ends, ascending, each once. Between two of them all times say the same.
std::vector<policy::Instant> change_times_of(const world::World& world);

/// Appends what tells apart times that say different things: times between the same change_times have the same.
void append_change_time(std::string& key, const std::vector<policy::Instant>& change_times, policy::Instant at);

}  // namespace kordon::evaluation
