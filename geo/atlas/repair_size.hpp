#pragma once

#include <vector>

#include "geo/atlas/ring.hpp"

namespace kordon::geo {

/// How much a repair changed, in bounds from above.
struct RepairSize {
  double area_m2 = 0;     ///< of all places that the repair may have taken to the other side, on WGS 84
  double share = 0;       ///< of that area in the smaller of what there was and what came of it, in square degrees
  double distance_m = 0;  ///< no such place lies farther than this from the lines as they were given
};

/// Measures the difference of polygons as given, valid or not, and as mended.
///
/// Shells are taken counter-clockwise and holes clockwise, so that the rings as given wind around a place once where it
/// is plainly inside and not at all where it is plainly outside. Places count where this differs from what the mended
/// rings say, be it that they changed sides or that the rings as given can be read in two ways there. Losses and gains
/// add up. The area of each piece between lines is that in degrees times the largest scale at its latitudes; a disc of
/// that area is the largest that fits in, which bounds the distance. Neither crosses the antimeridian.
RepairSize repair_size(const std::vector<Polygon>& given, const std::vector<Polygon>& mended);

}  // namespace kordon::geo
