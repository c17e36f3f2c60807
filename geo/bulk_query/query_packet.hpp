#pragma once

#include <span>

#include "geo/bulk_query/prune.hpp"
#include "geo/edge_index/ball_tree.hpp"

namespace kordon::geo::bulk_query {

/// A few positions that search a tree together, each with a limit of its own. It takes more for each than a query block
/// full of them, and less than each alone: for where more edges can be nearest than a query block has memory for.
struct alignas(sizeof(Lanes)) QueryPacket {
  Vec3Lanes p;
  Lanes limit_m;  ///< what is farther away cannot be nearest
  Vec3 centre;    ///< of the positions
  /// Of the edges that were pruned, the one with the shortest chord, and its square; infinite if there was none.
  LaneBits near_edge;
  Lanes near2_m2;
};

/// Nothing is nearest that is not nearer than each of some points of the set's own lines. None: the limits stay.
void lower_limits_to_nearest(std::span<const Vec3> points, QueryPacket& packet);

/// Nothing is nearest that is farther than all of some other points. None: the limits stay.
void lower_limits_to_farthest(std::span<const Vec3> points, QueryPacket& packet);

/// Which of eight balls reach into the limits, a bit each.
std::uint64_t reached(const QueryPacket& packet, const edge_index::Balls& balls);

/// Adds those edges of a block to the list that reach into the limits, and lowers these. False if there is no memory.
bool prune(const edge_index::EdgeBlock& block, edge_index::BlockNumber number, QueryPacket& packet, EdgeList& list);

}  // namespace kordon::geo::bulk_query
