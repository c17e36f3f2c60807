#pragma once

#include <cstdint>

#include "geo/atlas/atlas.hpp"

namespace kordon::cartography {

/// An arc and which of its vertices a simplification keeps. The first and the last stay.
struct ThinnedArc {
  const geo::Line* line = nullptr;
  std::vector<bool> kept;
  std::uint64_t layers = 0;  ///< bit i % 64 for each layer i whose regions lie beside it

  [[nodiscard]] bool is_closed() const { return line->front() == line->back(); }
  /// Of the vertices between two, the one farthest from the straight line between them. There is at least one.
  [[nodiscard]] std::size_t farthest_between(std::size_t from, std::size_t to) const;
};

/// Arcs of which only the ends are kept, and places where lines meet with their neighbours in each line, so that lines
/// leave a meeting in the order in which they came.
std::vector<ThinnedArc> skeletons(const std::vector<const geo::Arc*>& arcs);

/// Douglas and Peucker 1973 between the vertices that are kept. Of a closed arc at least three corners stay.
void thin(ThinnedArc& arc, double max_offset_deg);

/// The same for a part of it.
void thin(ThinnedArc& arc, std::size_t from, std::size_t to, double max_offset_deg);

/// Puts vertices back where lines of one layer cross, overlap or touch elsewhere than at common ends, or have passed
/// over each other's vertices, until none does or all of their vertices are back.
void restore_crossings(std::vector<ThinnedArc>& arcs, double max_offset_deg);

}  // namespace kordon::cartography
