#pragma once

#include <vector>

#include "geo/atlas/atlas.hpp"

namespace kordon::cartography {

/// Closed rings within [-180, 180] x [-90, 90]: the shell first, counter-clockwise, then its holes, clockwise.
using Polygon = std::vector<geo::Line>;
using Polygons = std::vector<Polygon>;

/// Twice the signed area of a closed ring in square degrees, positive where it runs counter-clockwise.
double doubled_area_deg2(const geo::Line& ring);

/// Gives each hole its shell. The rings are a region's: simple, the interior to the left of every edge.
Polygons polygons_of(const std::vector<geo::Line>& rings);

}  // namespace kordon::cartography
