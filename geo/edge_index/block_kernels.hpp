#pragma once

#include "geo/edge_index/ball_tree.hpp"
#include "geo/edge_index/edges.hpp"

namespace kordon::geo::edge_index {

/// Ranks eight balls by lower bounds of the chords from a place to everything in them.
void rank_by_chord(const Balls& balls, Vec3 place, Ranked& out);

/// The one of eight balls, not all nowhere, whose centre is nearest to a place.
std::uint32_t nearest_ball(const Balls& balls, Vec3 place);

/// Nearest points of a block's edges: `nearest_on_edge` of each, a lane each.
struct OnEdges {
  Lanes chord2_m2, t;
  Vec3Lanes offset;
};

/// Measures a block's edges, and lowers the limit, metres, to the longest chord that can still be nearest beside the
/// block's shortest. Returns the edges whose chords are within it, a bit each, except where the nearest point is an end
/// that belongs to the next edge.
std::uint64_t nearest_on_edges(const EdgeBlock& block, Vec3 place, double& limit_m, OnEdges& out);

}  // namespace kordon::geo::edge_index
