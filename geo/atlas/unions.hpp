#pragma once

#include <string>
#include <vector>

#include "geo/atlas/atlas.hpp"
#include "geo/atlas/fault.hpp"

namespace kordon::geo {

/// The id of the region that these are together: `A+B`.
std::string union_id(const std::vector<std::string>& ids);

/// Adds a region made of regions that lie side by side: the edges that two of them share, in opposite directions, are
/// not edges of it, so that they have no distance. Its accuracy is the largest of theirs. A fault where an id is in no
/// layer, or where two of the regions overlap along a common edge.
void add_union(const std::vector<std::string>& ids, std::vector<Region>& regions, Faults& faults);

}  // namespace kordon::geo
