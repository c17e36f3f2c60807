#pragma once

#include <string>
#include <vector>

#include "api/batch/tally.hpp"
#include "config/world.hpp"

namespace kordon::api {

/// What is likely wrong with the rows as a whole, one sentence each: axes swapped, longitudes from 0 to 360, null
/// island, nothing in any region. Empty for rows that look sound.
std::vector<std::string> diagnose(const config::World& world, const Tally& tally);

}  // namespace kordon::api
