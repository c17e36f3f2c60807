#pragma once

#include <array>

#include "geo/edges.hpp"

namespace kordon::geo {

/// A ball around positions, double precision.
struct Around {
  Vec3 centre;
  double radius_m;
};

/// A few positions that lie near to each other; rows beyond `size` repeat the last one.
struct alignas(sizeof(Lanes)) Leaf {
  static constexpr std::size_t capacity = 96;
  static constexpr std::size_t max_groups = capacity / lane_count;
  std::size_t size = 0;
  std::array<Lanes, max_groups> lon_deg, lat_deg;
  std::array<Vec3Lanes, max_groups> p;

  [[nodiscard]] std::size_t groups() const { return (size + lane_count - 1) / lane_count; }
};

/// Fills `p` from degrees, and gives a ball around it.
Around place_in_space(Leaf& leaf);

/// The nearest of some edges to each of eight positions: see `find_nearest`, whose answer it is, up to
/// `series_limit_m`.
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

/// Of those with a bit in `sets`, at least one, the nearest.
void merge(const NearestInLanes* found, std::uint64_t sets, Merged& out);

/// Signed distances and nearest points, and where they are not known from this: `far` beyond the series, `no_side` as
/// `Sides` has it.
struct alignas(sizeof(Lanes)) Signed {
  Lanes signed_m;
  LaneBits edge;
  Lanes t;
  LaneBits far;
  LaneBits no_side;
  bool doubtful;  ///< there are such
};

/// For a border section, or a region that lies to the right of some sets' edges (a bit each) and to the left of the
/// rest.
void sign(const Merged& merged, bool region, std::uint64_t inside_right, Signed& out);

}  // namespace kordon::geo
