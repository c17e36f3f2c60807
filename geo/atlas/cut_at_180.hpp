#pragma once

#include <optional>
#include <string>
#include <vector>

#include "geo/atlas/atlas.hpp"

namespace kordon::geo {

/// A polygon cut at the antimeridian as RFC 7946, section 3.1.9, has it.
struct CutPolygon {
  std::vector<std::vector<Line>> polygons;
  bool was_cut = false;
  std::string error;  ///< it goes around the Earth across the equator, or is wider than the Earth: it cannot be cut
};

/// Edges take the shorter way around the Earth: from 170 to 190 degrees, or from 170 to -170, a ring crosses the
/// antimeridian and is cut there. A vertex at -180 in a ring that lies west of 180 is one at 180, and the other way
/// round. A shell that goes around a pole, as spherical TopoJSON has Antarctica, gets edges to the pole. Rings with
/// corners at a pole at -180 and 180, or with a parallel all around the Earth, are taken as they are, however long
/// their edges.
CutPolygon cut_at_180(std::vector<Line> rings);

}  // namespace kordon::geo
