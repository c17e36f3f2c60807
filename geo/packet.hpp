#pragma once

#include <span>

#include "geo/blocks.hpp"
#include "geo/sift.hpp"

namespace kordon::geo {

/// A few positions that search a tree together, each with a limit of its own. It takes more for each than a leaf full
/// of them, and less than each alone: for where more edges can be nearest than a leaf has room for.
struct alignas(sizeof(Lanes)) Packet {
  Vec3Lanes p;
  Lanes limit_m;  ///< what is farther away cannot be nearest
  Vec3 centre;    ///< of the positions
  /// Of the edges that were sifted, the one with the shortest chord, and its square; infinite if there was none.
  LaneBits near_edge;
  Lanes near2_m2;
};

/// Nothing is nearest that is not nearer than each of some points of the set's own lines. None: the limits stay.
void lower_limits_to_nearest(std::span<const Vec3> points, Packet& packet);

/// Nothing is nearest that is farther than all of some other points. None: the limits stay.
void lower_limits_to_farthest(std::span<const Vec3> points, Packet& packet);

/// Which of eight balls reach into the limits, a bit each.
std::uint64_t reached(const Packet& packet, const Balls& balls);

/// Adds those edges of a block to the list that reach into the limits, and lowers these. False if there is no room.
bool sift(const EdgeBlock& block, BlockNumber number, Packet& packet, EdgeList& list);

}  // namespace kordon::geo
