#pragma once

#include <expected>

#include "geo/atlas/read_layer.hpp"

namespace kordon::geo {

struct ValidRings {
  std::vector<Line> rings;  ///< closed, interior to the left of every edge
  std::string repair;       ///< the fault that was mended, and its size; empty: none
  double moved_m = 0;  ///< no place that changed sides by the repair lies farther than this from the lines as given
};

/// Checks one feature's polygons by GEOS (OGC Simple Features validity) and gives its rings in one orientation.
///
/// A valid polygon costs the check alone. Invalid ones are repaired by GEOS MakeValid (structure method), each ring by
/// itself first where there are many: MakeValid is quadratic in the holes of a polygon. A repair is refused, with
/// GEOS's reason and its size (`repair_size`), where the result is no polygon, the places that it may have taken to the
/// other side are more than a hundredth of the area, or one can lie farther than `tolerance_m` from the lines as given:
/// then there is more than one way to read the file.
std::expected<ValidRings, Fault> valid_rings(const Feature& feature, double tolerance_m);

}  // namespace kordon::geo
