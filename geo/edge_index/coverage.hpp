#pragma once

#include <cstddef>
#include <vector>

#include "geo/atlas/atlas.hpp"

namespace kordon::geo {

/// A planar coverage: regions of one layer whose interiors are disjoint, so that the side of the nearest of all their
/// edges tells which of them contains a position. A layer is one coverage, or more where its regions overlap.
struct Coverage {
  std::size_t layer = 0;        ///< in Atlas::layers
  std::vector<Target> regions;  ///< ascending
};

/// The regions on either side of an edge, as seen along it, or `no_target`.
struct Faces {
  Target left = no_target;
  Target right = no_target;

  friend bool operator==(const Faces&, const Faces&) = default;
};

}  // namespace kordon::geo
