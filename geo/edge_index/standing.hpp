#pragma once

#include <cstdint>

#include "geo/atlas/atlas.hpp"

namespace kordon::geo {

enum class Side : std::uint8_t { outside, inside, on_line };

/// Standing of a position against one target: distance, nearest point, side.
struct Standing {
  /// Geodesic distance to the target's line on WGS 84, metres, >= 0, error at most 1 cm.
  double distance_m = 0;
  /// A nearest point of the line, within 1 cm of it.
  LonLat nearest;
  /// For a region: the side of its boundary. For a border section: `on_line` or `outside`.
  Side side = Side::outside;
  /// Of a coverage: its region that contains the position, which `side` speaks of, or `no_target`.
  Target region = no_target;

  /// The signed distance of a region, positive inside; minus the distance for a border section.
  [[nodiscard]] double margin_m() const { return side == Side::inside ? distance_m : -distance_m; }
};

}  // namespace kordon::geo
