#pragma once

#include <vector>

#include "geo/atlas/atlas.hpp"

namespace kordon::geo {

/// True for an edge that only closes a polygon at the edge of the map: along a pole.
bool runs_along_pole(LonLat from, LonLat to);

/// Real lines of a region: its rings, opened where an edge is artificial, which only the map's frame needs.
///
/// Along 180 degrees an edge is artificial where the region lies on both sides of the meridian; where it lies on one
/// side only, the edge is kept (split at the ends of what the other side covers).
std::vector<Line> without_artificial_edges(const std::vector<Line>& rings);

}  // namespace kordon::geo
