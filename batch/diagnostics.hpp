#pragma once

#include <string>
#include <vector>

#include "batch/counts.hpp"
#include "world/world.hpp"

namespace kordon::batch {

/// Diagnostics of the rows as a whole, one sentence for each likely mistake: axes swapped, longitudes from 0 to 360,
/// null island, nothing in any region. Empty for rows that look sound.
std::vector<std::string> diagnose(const world::World& world, const Counts& counts);

}  // namespace kordon::batch
