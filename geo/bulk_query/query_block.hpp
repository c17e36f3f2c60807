#pragma once

#include <array>
#include <span>

#include "geo/edge_index/ball_tree.hpp"

namespace kordon::geo::bulk_query {

using edge_index::Ball;

/// Metres from the centre of a ball, single precision.
struct Offset {
  float x, y, z;
};

KORDON_INLINE float dot(Offset a, Offset b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
KORDON_INLINE Offset offset_of(Vec3 from_centre) {
  return {static_cast<float>(from_centre.x), static_cast<float>(from_centre.y), static_cast<float>(from_centre.z)};
}

struct OffsetSingles {
  Singles x, y, z;

  KORDON_INLINE Offset operator[](std::size_t i) const { return {x[i], y[i], z[i]}; }
  KORDON_INLINE void set(std::size_t i, Offset q) { x[i] = q.x, y[i] = q.y, z[i] = q.z; }
};

/// A few positions that lie near to each other; rows beyond `size` repeat the last one, to the end of its pair of
/// groups.
struct alignas(sizeof(Lanes)) QueryBlock {
  static constexpr std::size_t capacity = 240;
  static constexpr std::size_t max_groups = capacity / lane_count;
  static constexpr std::size_t max_pairs = capacity / single_count;
  static_assert(capacity % single_count == 0);
  std::size_t size = 0;
  std::array<Lanes, max_groups> lon_deg, lat_deg;
  std::array<Vec3Lanes, max_groups> p;
  std::array<OffsetSingles, max_pairs> q;  ///< from the centre of a ball around them

  [[nodiscard]] std::size_t groups() const { return (size + lane_count - 1) / lane_count; }
  [[nodiscard]] std::size_t pairs() const { return (size + single_count - 1) / single_count; }
};

/// Fills `p` and `q` from degrees, and gives the ball around the positions.
Ball place_in_space(QueryBlock& queries);

}  // namespace kordon::geo::bulk_query
