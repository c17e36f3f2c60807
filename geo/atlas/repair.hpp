#pragma once

#include <expected>

#include "geo/atlas/read_layer.hpp"

namespace kordon::geo {

struct ValidRings {
  std::vector<Line> rings;  ///< closed, interior to the left of every edge
  std::string repair;       ///< what was wrong and mended; empty: nothing
};

/// Checks one feature's polygons by GEOS (OGC Simple Features validity) and gives its rings in one orientation.
///
/// Invalid polygons are repaired by GEOS MakeValid (structure method). The repair is refused, with GEOS's reason, where
/// the result is no polygon or its area differs from the sum of the given rings by more than one part in a million or
/// 1e-8 square degrees (about 100 m2): then there is more than one way to read the file, and none is guessed.
std::expected<ValidRings, Fault> valid_rings(const Feature& feature);

}  // namespace kordon::geo
