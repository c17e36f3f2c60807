#pragma once

#include <span>

#include "geo/bulk_query/prune.hpp"
#include "geo/edge_index/ball_tree.hpp"

namespace kordon::geo::bulk_query {

/// Query packet: eight positions that search a tree together, each with a limit of its own. For each position it takes
/// more than a full query block, and less than a search alone: it serves where a query block has too many candidates.
struct alignas(sizeof(Lanes)) QueryPacket {
  Vec3Lanes p;
  Lanes limit_m;  ///< edges farther away cannot be nearest
  Vec3 centre;    ///< of the positions
  /// The edge with the shortest chord so far, and its square; infinite if there was none.
  LaneBits near_edge;
  Lanes near2_m2;
};

/// Lowers the limits to the nearest of some points of the tree's own lines. None: the limits stay.
void lower_limits_to_nearest(std::span<const Vec3> points, QueryPacket& packet);

/// Lowers the limits to the farthest of some points, one of each column's lines. None: the limits stay.
void lower_limits_to_farthest(std::span<const Vec3> points, QueryPacket& packet);

/// Balls, of eight, that lie within any position's limit, a bit each.
std::uint64_t balls_within(const QueryPacket& packet, const edge_index::Balls& balls);

/// Adds the edges of a block that lie within any position's limit to the list, and lowers the limits. False if the
/// list is full.
bool prune(const edge_index::EdgeBlock& block, edge_index::BlockNumber number, QueryPacket& packet, EdgeList& list);

}  // namespace kordon::geo::bulk_query
