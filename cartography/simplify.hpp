#pragma once

#include "cartography/polygon.hpp"

namespace kordon::cartography {

/// What a map draws of an atlas.
struct Shapes {
  std::vector<Polygons> regions;                ///< by index in Atlas::regions
  std::vector<std::vector<geo::Line>> borders;  ///< by index in Atlas::borders
  std::vector<geo::Line> collapsed_rings;       ///< by region: a place in each ring that was left out as too small
};

/// Leaves out vertices so that no line moves by more than the tolerance `max_offset_deg`, in degrees as on a plate
/// carrée map.
///
/// Each arc is simplified once (Douglas-Peucker), so that neighbours still fit, and lines of one layer that would cross
/// get vertices back until they do not. Ends of arcs and vertices on the antimeridian and at the poles stay; closed
/// arcs smaller than the tolerance go, but never a region's largest ring. A tolerance of 0 leaves everything as it is.
Shapes simplified(const geo::Atlas& atlas, double max_offset_deg);

}  // namespace kordon::cartography
