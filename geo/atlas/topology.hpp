#pragma once

#include "geo/atlas/atlas.hpp"

namespace kordon::geo {

/// Fills `atlas.arcs` and `atlas.borders` from `atlas.regions`.
///
/// Two regions share an edge where both have its two vertices, bit for bit except that -0 is 0, one after the other.
/// Shared in opposite directions it is a border between them; shared in the same direction (an oblast inside its state)
/// it is not. An edge along the antimeridian is the same at 180 and at -180 degrees. Edges along the antimeridian that
/// the same region has on both sides, and edges along a pole, are artificial and dropped.
///
/// Unions (`Region::is_union`) have no borders. A border's accuracy is the larger one of its two regions. Lines that
/// meet end to end become one, except across the antimeridian: there they stay apart, as RFC 7946 wants it.
void derive_topology(Atlas& atlas);

/// A piece of a region's boundary, or a whole ring, closed: the interior lies to the left.
struct RegionLine {
  std::size_t region;
  Line line;
};

/// The lines of these regions, rings opened where an edge is artificial.
std::vector<RegionLine> lines_of(const std::vector<Region>& regions);

/// Joins lines that meet end to end where exactly one line goes on.
std::vector<Line> join_lines(std::vector<Line> pieces);

/// The arcs that these lines make.
std::vector<Arc> derive_arcs(const std::vector<RegionLine>& lines);

}  // namespace kordon::geo
