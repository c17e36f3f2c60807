#pragma once

#include "geo/atlas/atlas.hpp"

namespace kordon::geo {

/// Fills `atlas.arcs` and `atlas.borders` from `atlas.regions`.
///
/// Two regions share an edge where both have its two vertices, bit for bit, one after the other. Shared in opposite
/// directions it is a border between them; shared in the same direction (an oblast inside its state) it is not.
/// An edge along the antimeridian is the same at 180 and at -180 degrees. Edges along the antimeridian that the same
/// region has on both sides, and edges along a pole, are cuts and dropped.
///
/// A border's accuracy is the larger one of its two regions. Lines that meet end to end become one, except across the
/// antimeridian: there they stay cut, as RFC 7946 wants it.
void derive_topology(Atlas& atlas);

}  // namespace kordon::geo
