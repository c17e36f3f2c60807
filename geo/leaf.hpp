#pragma once

#include <array>
#include <span>

#include "geo/edges.hpp"

namespace kordon::geo {

/// A ball around positions, double precision.
struct Around {
  Vec3 centre;
  double radius_m;
};

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
struct alignas(sizeof(Lanes)) Leaf {
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

/// Fills `p` and `q` from degrees, and gives the ball.
Around place_in_space(Leaf& leaf);

/// The nearest of some edges to each of eight positions: see `find_nearest`, whose answer it is, up to
/// `Edges::series_limit_m`.
struct alignas(sizeof(Lanes)) NearestInLanes {
  Lanes chord2_m2;   ///< square of the shortest chord to any of the edges
  Lanes distance_m;  ///< geodesic, to `edge`
  Lanes left;        ///< see `Sides`
  LaneBits edge;
  Lanes t;  ///< of the nearest point on the edge
};

/// The nearest of several owner sets, and whose it is.
struct alignas(sizeof(Lanes)) Merged {
  NearestInLanes nearest;
  LaneBits set;
};

/// What a target takes from the sets that were found, a bit each.
struct Share {
  std::uint64_t sets = 0;
  std::uint64_t inside_right = 0;  ///< the target's region lies to the right of their edges, and to the left of others'
  std::size_t merged = 0;          ///< the first target that takes the same
  bool region = false;             ///< else a border section
};

/// Signed distances and nearest points, and where they are not known from this: `far` beyond the series, `no_side` as
/// `Sides` has it.
struct alignas(sizeof(Lanes)) Signed {
  Lanes signed_m;
  LaneBits edge;
  Lanes t;
  LaneBits far;
  LaneBits no_side;
};

/// For each target in turn; `merged` is room for as many. Chords beyond `series_chord_m` are far; of a target that
/// takes nothing all is, and the rest stays as it was. True if not all is known.
bool sign(const NearestInLanes* found, std::span<const Share> shares, double series_chord_m, std::span<Merged> merged,
          std::span<Signed> out);

}  // namespace kordon::geo
