#pragma once

#include <cstdint>
#include <span>

#include "geo/edge_index/edges.hpp"

namespace kordon::geo::bulk_query {

/// The nearest of some edges to each of eight positions: see `find_nearest`, whose answer it is, up to
/// `series_range_m`.
struct alignas(sizeof(Lanes)) NearestInLanes {
  Lanes chord2_m2;   ///< square of the shortest chord to any of the edges
  Lanes distance_m;  ///< geodesic, to `edge`
  Lanes left;        ///< see `Sides`
  LaneBits edge;
  Lanes t;               ///< of the nearest point on the edge
  Lanes out_of_range_m;  ///< least chord to an edge that is out of its block's `series_range_m`, and so not measured
};

/// Minimum over the trees of a target, each of one boundary class or of many: the nearest edge and the tree that has
/// it.
struct alignas(sizeof(Lanes)) ClassMinimum {
  NearestInLanes nearest;
  LaneBits tree;
  LaneBits far;  ///< the shortest chord is beyond the series' range, or an edge that can be nearest is out of its own
};

/// Mask of a target: the trees that it takes the minimum over, a bit each. A tree holds the edges of one boundary
/// class, or of the many of a coverage or of all border sections.
struct ClassMask {
  std::uint64_t trees = 0;
  std::uint64_t inside_right = 0;  ///< the target's region lies to the right of their edges, and to the left of others'
  std::size_t merged = 0;          ///< the first target that takes the same
  bool region = false;             ///< or a coverage; else border sections
  bool coverage = false;           ///< then `SignedDistances` is of the side of its edges, positive to the left
};

/// Signed distances and nearest points of a target, and the lanes that are undecided: `far` beyond the series,
/// `no_side` where `Sides` cannot tell.
struct alignas(sizeof(Lanes)) SignedDistances {
  Lanes signed_m;
  LaneBits edge;
  Lanes t;
  LaneBits far;
  LaneBits no_side;
  LaneBits region;  ///< of a coverage, once `Refinement` knows it: that contains the position, or `no_target`
};

/// Signs the distances of each target; `merged` is memory for as many minima. A target with an empty mask is undecided
/// in all lanes, and the rest of it stays as it was. True if any lane is undecided.
bool sign(const NearestInLanes* found, std::span<const ClassMask> masks, std::span<ClassMinimum> merged,
          std::span<SignedDistances> out);

}  // namespace kordon::geo::bulk_query
