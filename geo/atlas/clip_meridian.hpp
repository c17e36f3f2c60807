#pragma once

#include <vector>

#include "geo/atlas/atlas.hpp"

namespace kordon::geo {

/// The part of a polygon (shell first, rings closed) between two meridians, by GEOS. Where rings cross a meridian they
/// get a vertex that lies on it, bit for bit. An invalid polygon is made valid first.
std::vector<std::vector<Line>> clip_between(const std::vector<Line>& rings, double west_deg, double east_deg);

}  // namespace kordon::geo
