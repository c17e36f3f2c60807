#pragma once

#include <vector>

#include "geo/atlas/ring.hpp"

namespace kordon::cartography {

/// Closed rings within [-180, 180] x [-90, 90]: the shell first, counter-clockwise, then its holes, clockwise.
using geo::Polygon;
using Polygons = std::vector<Polygon>;

/// Gives each hole its shell. The rings are a region's: simple, the interior to the left of every edge.
Polygons polygons_of(const std::vector<geo::Line>& rings);

}  // namespace kordon::cartography
