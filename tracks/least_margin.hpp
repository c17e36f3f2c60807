#pragma once

#include <cstddef>

#include "tracks/state_changes.hpp"

namespace kordon::tracks {

/// The smallest |margin| along a part of a path, and where.
struct LeastMargin {
  double margin_m = 0;  ///< with its sign; infinite where nothing changes the verdict
  double along = 0;
};

/// Of a program, between two places of a path whose states were found. No place between has a smaller |margin| by more
/// than a thousandth of it, or 1 cm.
LeastMargin find_least_margin(MarginField& field, const Path& path, double accuracy_m, const PathStates& states,
                              std::size_t program, double from_along, double to_along);

}  // namespace kordon::tracks
