#include "geo/chords.hpp"

#include <limits>

namespace kordon::geo {
namespace {

constexpr Ball nowhere{0, 0, 0, -std::numeric_limits<float>::infinity()};

KORDON_CLONES
void chords_to_eight_balls(const Ball* balls, Vec3 place, Lanes& at_least_m) {
  KORDON_EACH_LANE(i) {
    const auto& ball = balls[i];
    at_least_m[i] = length(place - Vec3{ball.x, ball.y, ball.z}) - double{ball.radius_m};
  }
}

}  // namespace

BallLanes::BallLanes(std::span<const Ball> balls) : balls_(balls.data()) {
  if (balls.size() == lane_count) return;
  padded_.fill(nowhere);
  std::ranges::copy(balls, padded_.begin());
  balls_ = padded_.data();
}

void chords_to_balls(std::span<const Ball> balls, Vec3 place, Lanes& at_least_m) {
  chords_to_eight_balls(BallLanes(balls).data(), place, at_least_m);
}

KORDON_CLONES
void nearest_on_edges(const Edges& edges, Edge first, Vec3 place, OnEdges& out) {
  const auto *x = &edges.x[first], *y = &edges.y[first], *z = &edges.z[first], *inverse_d2 = &edges.inverse_d2[first];
  const auto *sx = &edges.sx[first], *sy = &edges.sy[first], *sz = &edges.sz[first];
  KORDON_EACH_LANE(i) {
    const Vec3 a{x[i], y[i], z[i]};
    const Vec3 b{x[i + 1], y[i + 1], z[i + 1]};
    const auto on = nearest_on_edge({a, b - a, {sx[i], sy[i], sz[i]}, inverse_d2[i]}, place);
    out.chord2_m2[i] = on.chord2_m2, out.t[i] = on.t;
    out.reach.set(i, on.reach);
  }
}

}  // namespace kordon::geo
