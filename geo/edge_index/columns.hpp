#pragma once

#include <algorithm>
#include <functional>
#include <span>

#include "geo/atlas/atlas.hpp"

namespace kordon::geo {

/// Answers for one target, as columns with a row for each position; an empty one is not computed.
struct Column {
  Target target = 0;
  std::span<double> signed_m;      ///< Standing::margin_m(): + inside a region, - outside; border section: - distance
  std::span<LonLat> nearest = {};  ///< Standing::nearest
  std::span<Target> region = {};   ///< Standing::region, of a coverage

  [[nodiscard]] std::size_t rows() const { return std::max({signed_m.size(), nearest.size(), region.size()}); }
};

/// Takes rows that are in the columns now: `count` of them, which answer the positions from `first` on.
using TakeBlock = std::function<void(std::size_t first, std::size_t count)>;

}  // namespace kordon::geo
