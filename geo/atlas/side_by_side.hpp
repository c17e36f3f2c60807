#pragma once

#include <span>
#include <vector>

#include "geo/atlas/atlas.hpp"

namespace kordon::geo {

/// Measures how far two regions' boundaries run side by side and are not shared: unshared edges that face an unshared
/// edge of the other region, in the opposite direction within 30 degrees, nearer than `within_m` (by region, the larger
/// of the two). Each pair of neighbours by region index, only those that have such a rest; its length is the longer one
/// of the two sides'. Regions of different layers that lie within each other run in the same direction and have none.
std::vector<SideBySide> find_side_by_side(const std::vector<Region>& regions, const std::vector<Arc>& arcs,
                                          std::span<const double> within_m);

}  // namespace kordon::geo
