#pragma once

#include <array>
#include <span>

#include "geo/blocks.hpp"
#include "geo/edges.hpp"

namespace kordon::geo {

/// Up to eight balls, to be looked at in lanes.
class BallLanes {
 public:
  explicit BallLanes(std::span<const Ball> balls);
  BallLanes(const BallLanes&) = delete;
  BallLanes& operator=(const BallLanes&) = delete;

  [[nodiscard]] const Ball* data() const { return balls_; }

 private:
  const Ball* balls_;
  std::array<Ball, lane_count> padded_;
};

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
