#pragma once

#include <cstdint>
#include <span>

#include "geo/edge_index/edges.hpp"

namespace kordon::geo::bulk_query {

/// The nearest of some edges to each of eight positions: see `find_nearest`, whose answer it is, up to
/// `Edges::series_range_m`.
struct alignas(sizeof(Lanes)) NearestInLanes {
  Lanes chord2_m2;   ///< square of the shortest chord to any of the edges
  Lanes distance_m;  ///< geodesic, to `edge`
  Lanes left;        ///< see `Sides`
  LaneBits edge;
  Lanes t;  ///< of the nearest point on the edge
};

/// The nearest of several owner sets, and whose it is.
struct alignas(sizeof(Lanes)) ClassMinimum {
  NearestInLanes nearest;
  LaneBits set;
};

/// What a target takes from the sets that were found, a bit each.
struct ClassMask {
  std::uint64_t sets = 0;
  std::uint64_t inside_right = 0;  ///< the target's region lies to the right of their edges, and to the left of others'
  std::size_t merged = 0;          ///< the first target that takes the same
  bool region = false;             ///< else a border section
};

/// SignedDistances distances and nearest points, and where they are not known from this: `far` beyond the series,
/// `no_side` as `Sides` has it.
struct alignas(sizeof(Lanes)) SignedDistances {
  Lanes signed_m;
  LaneBits edge;
  Lanes t;
  LaneBits far;
  LaneBits no_side;
};

/// For each target in turn; `merged` is memory for as many. Chords beyond `series_chord_m` are far; of a target that
/// takes nothing all is, and the rest stays as it was. True if not all is known.
bool sign(const NearestInLanes* found, std::span<const ClassMask> masks, double series_chord_m,
          std::span<ClassMinimum> merged, std::span<SignedDistances> out);

}  // namespace kordon::geo::bulk_query
