#pragma once

#include <span>

#include "geo/blocks.hpp"
#include "geo/edges.hpp"

namespace kordon::geo {

/// Lower bounds of the straight distances from a place to everything in each of up to eight balls; infinite for the
/// lanes after them.
void chords_to_balls(std::span<const Ball> balls, Vec3 place, Lanes& at_least_m);

/// `nearest_on_edge` of eight edges.
struct OnEdges {
  Lanes chord2_m2, t;
  Vec3Lanes reach;

  [[nodiscard]] OnEdge operator[](std::size_t i) const { return {chord2_m2[i], t[i], reach[i]}; }
};
void nearest_on_edges(const Edges& edges, Edge first, Vec3 place, OnEdges& out);

}  // namespace kordon::geo
