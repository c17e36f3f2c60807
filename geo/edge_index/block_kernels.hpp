#pragma once

#include "geo/edge_index/ball_tree.hpp"
#include "geo/edge_index/edges.hpp"

namespace kordon::geo::edge_index {

/// By the straight distances from a place to everything in each of eight balls.
void rank_by_chord(const Balls& balls, Vec3 place, Ranked& out);

/// Which of eight balls, not all nowhere, has the centre nearest to a place.
std::uint32_t nearest_ball(const Balls& balls, Vec3 place);

/// `nearest_on_edge` of a block's edges.
struct OnEdges {
  Lanes chord2_m2, t;
  Vec3Lanes reach;
};

/// Lowers the limit, metres, to what no longer chord can be nearest by, if the block's shortest one is shorter. Returns
/// the edges whose chords are within it, a bit each, but for those that leave their end to the next one.
std::uint64_t nearest_on_edges(const EdgeBlock& block, Vec3 place, double& limit_m, OnEdges& out);

}  // namespace kordon::geo::edge_index
