#pragma once

#include <vector>

#include "geo/atlas/atlas.hpp"

namespace kordon::geo {

/// A polygon as rings: closed, the shell first.
using Polygon = std::vector<Line>;

/// Twice the signed area of a closed ring in square degrees, positive where it runs counter-clockwise.
double doubled_area_deg2(const Line& ring);

/// The area of a polygon's shell less those of its holes, in square degrees, whichever way they run.
double area_deg2(const Polygon& polygon);

/// Turns a ring so that the interior lies to the left: shells counter-clockwise, holes clockwise.
void orient(Line& ring, bool shell);

}  // namespace kordon::geo
