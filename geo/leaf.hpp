#pragma once

#include <array>

#include "geo/blocks.hpp"
#include "geo/edges.hpp"

namespace kordon::geo {

/// A ball around positions, double precision.
struct Around {
  Vec3 centre;
  double radius_m;
};

/// A few positions that lie near to each other; rows beyond `size` repeat the last one.
struct alignas(sizeof(Lanes)) Leaf {
  static constexpr std::size_t capacity = 128;
  static constexpr std::size_t max_groups = capacity / lane_count;
  std::size_t size = 0;
  std::array<Lanes, max_groups> lon_deg, lat_deg;
  std::array<Vec3Lanes, max_groups> p;

  [[nodiscard]] std::size_t groups() const { return (size + lane_count - 1) / lane_count; }
};

/// Fills `p` from degrees, and gives a ball around it.
Around place_in_space(Leaf& leaf);

/// A point of some lines that others are held against, for all positions of a ball: see `locate_batch`.
struct Rival {
  Vec3 at;
  double limit_m2;

  Rival(const Around& in, Vec3 point);
};

/// Whether each of up to eight balls holds nothing that can be nearest, a lane each: because of the first rival, or
/// because of all others, if there are any. A rival is nearer than a ball everywhere in `in` if
/// near^2 - 2 * radius * far > limit, `near` being the ball's least distance from the centre of `in`, and `far` its
/// greatest distance from the rival.
void beat(std::span<const Ball> balls, const Around& in, std::span<const Rival> rivals, LaneBits& beaten);

/// Edges that are looked at together.
struct EdgeList {
  static constexpr std::size_t capacity = 512;
  std::size_t size = 0;
  std::array<Edge, capacity> edges;
  std::array<Curve, capacity> curves;
  /// Where a position's foot on the chord lies at a greater t than this, the next edge's start is as near as this one's
  /// end; infinite if there is no next one.
  std::array<double, capacity> ends;
  double sagitta_m = 0;  ///< the greatest of the curves'

  /// Adds what follows from the edges, for positions of a ball.
  void complete(const Edges& of, const Around& in);
};

/// The nearest vertex of the blocks to a place, if it is nearer than `near`.
void approach_vertex(const Edges& edges, std::span<const Block> blocks, Vec3 place, Vec3& near);

/// Adds those edges of the blocks to the list that are not beaten. False if there is no room.
bool sift(const Edges& edges, std::span<const Block> blocks, const Around& in, std::span<const Rival> rivals,
          EdgeList& list);

/// Of some edges, the nearest to each of eight positions: see `find_nearest`, whose answer it is, up to
/// `series_limit_m`.
struct alignas(sizeof(Lanes)) NearestInLanes {
  Lanes chord2_m2;         ///< square of the shortest chord to any of the edges
  Lanes distance_m;        ///< geodesic, to `edge`
  Lanes left;              ///< see `Sides`
  Lanes lon_deg, lat_deg;  ///< the nearest point
  LaneBits edge;
};

/// `list` is not empty.
void find_nearest_in_lanes(const Edges& edges, const EdgeList& list, const Leaf& leaf, NearestInLanes* out, std::size_t stride);

/// The nearest of several owner sets, and whose it is.
struct alignas(sizeof(Lanes)) Merged {
  NearestInLanes nearest;
  LaneBits set;
};

/// Of those with a bit in `sets`, at least one, the nearest.
void merge(const NearestInLanes* found, std::uint64_t sets, Merged& out);

/// Signed distances, and where they are not known from this: `far` beyond the series, `no_side` as `Sides` has it.
struct alignas(sizeof(Lanes)) Signed {
  Lanes signed_m;
  LaneBits far;
  LaneBits no_side;
  bool doubtful;  ///< there are such
};

/// For a border section, or a region that lies to the right of some sets' edges (a bit each) and to the left of the
/// rest.
void sign(const Merged& merged, bool region, std::uint64_t inside_right, Signed& out);

}  // namespace kordon::geo
