#include "geo/edge_index/block_kernels.hpp"

#include <limits>

#include "geo/earth/geodesic_series.hpp"

namespace kordon::geo::edge_index {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace

KORDON_CLONES
std::uint32_t nearest_ball(const Balls& balls, Vec3 place) {
  const auto *x = balls.x.data(), *y = balls.y.data(), *z = balls.z.data(), *radius_m = balls.radius_m.data();
  Lanes chord2_m2;
  KORDON_EACH_LANE(i) {
    const double chord2 = length2(place - Vec3{x[i], y[i], z[i]});
    chord2_m2[i] = radius_m[i] < 0.0 ? infinity : chord2;
  }
  const double least_m2 = least_of(chord2_m2);
  LaneBits bits;
  KORDON_EACH_LANE(i) bits[i] = chord2_m2[i] == least_m2 ? std::int64_t{1} << i : 0;
  return static_cast<std::uint32_t>(std::countr_zero(united(bits)));
}

KORDON_CLONES
void rank_by_chord(const Balls& balls, Vec3 place, Ranked& out) {
  const auto *x = balls.x.data(), *y = balls.y.data(), *z = balls.z.data(), *radius_m = balls.radius_m.data();
  Lanes at_least_m;
  KORDON_EACH_LANE(i) { at_least_m[i] = length(place - Vec3{x[i], y[i], z[i]}) - radius_m[i]; }
  out.rank(at_least_m);
}

KORDON_CLONES
std::uint64_t nearest_on_edges(const EdgeBlock& block, Vec3 place, double& limit_m, OnEdges& out) {
  const auto *x = block.x.data(), *y = block.y.data(), *z = block.z.data(), *inverse_d2 = block.inverse_d2.data();
  const auto *sx = block.sx.data(), *sy = block.sy.data(), *sz = block.sz.data();
  const std::int64_t count = block.count;
  const std::int64_t last = block.ends_arc != 0 ? count - 1 : count;
  KORDON_EACH_LANE(i) {
    const Vec3 a{x[i], y[i], z[i]};
    const Vec3 b{x[i + 1], y[i + 1], z[i + 1]};
    const auto on = nearest_on_edge({a, b - a, {sx[i], sy[i], sz[i]}, inverse_d2[i]}, place);
    out.chord2_m2[i] = on.chord2_m2, out.t[i] = on.t;
    out.offset.set(i, on.offset);
  }
  Lanes own2_m2;
  KORDON_EACH_LANE(i) {
    const auto number = static_cast<std::int64_t>(i);
    const double end = number == last ? 2.0 : 1.0;
    own2_m2[i] = ((number < count) & (out.t[i] < end)) ? out.chord2_m2[i] : infinity;
  }
  const double chord_m = root(least_of(own2_m2));
  limit_m = lesser(chord_m + chord_slack_m(chord_m), limit_m);
  const double limit2_m2 = limit_m * limit_m;
  LaneBits within;
  KORDON_EACH_LANE(i) within[i] = ((own2_m2[i] <= limit2_m2) & (own2_m2[i] < infinity)) ? std::int64_t{1} << i : 0;
  return united(within);
}

}  // namespace kordon::geo::edge_index
