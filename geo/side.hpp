#pragma once

#include "geo/blocks.hpp"
#include "geo/index.hpp"
#include "geo/nearest.hpp"

namespace kordon::geo {

/// Closer to a line than this a position is on it: what the index cannot tell apart, with room.
inline constexpr double on_line_m = 1e-3;

/// The side of a region's boundary, from its nearest point: nothing lies between the position and that point, so the
/// side of the edge there decides, and at a vertex the first edge met when turning from the position's direction.
Side side_of(const Edges& edges, const BallTree& tree, const Blocks& blocks, Target region, const Query& query,
             const Nearest& nearest);

}  // namespace kordon::geo
