#include "geo/bulk_query/prune.hpp"

#include <algorithm>
#include <limits>

#include "geo/earth/geodesic_series.hpp"

namespace kordon::geo::bulk_query {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace

Witness::Witness(const Ball& in, Vec3 point) : at(point) {
  const double chord_m = length(in.centre - point);
  const double slack_m = chord_slack_m(chord_m + in.radius_m) + 1e-3;
  limit_m2 = chord_m * chord_m + 2 * slack_m * (chord_m + in.radius_m) + slack_m * slack_m;
}

KORDON_CLONES
void approach_vertex(const edge_index::Edges& edges, std::span<const edge_index::BlockNumber> blocks, Vec3 place,
                     Vec3& near) {
  Lanes best = all_lanes(length2(place - near));
  LaneBits vertex;
  vertex.fill(-1);
  for (const auto number : blocks) {
    const auto& block = edges.blocks[number];
    const auto *x = block.x.data(), *y = block.y.data(), *z = block.z.data();
    const std::int64_t first = std::int64_t{number} * edge_index::EdgeBlock::size;
    const std::int64_t count = block.count;
    KORDON_EACH_LANE(i) {
      const auto step = static_cast<std::int64_t>(i);
      const double d2 = length2(Vec3{x[i], y[i], z[i]} - place);
      const bool nearer = (d2 < best[i]) & (step <= count);
      best[i] = nearer ? d2 : best[i];
      vertex[i] = nearer ? first + step : vertex[i];
    }
  }
  const double least_m2 = least_of(best);
  for (std::size_t i = 0; i < lane_count; ++i) {
    if (best[i] == least_m2 && vertex[i] >= 0) near = edges.vertex(static_cast<edge_index::Edge>(vertex[i]));
  }
}

namespace {

/// A block's edges as seen from the centre of a ball.
struct SeenEdges {
  Vec3Lanes from, to;
  Lanes near2;  ///< lower bound of the squared distance
  Lanes sagitta_m;
};

KORDON_INLINE void look(const edge_index::EdgeBlock& block, Vec3 centre, SeenEdges& out) {
  const auto *x = block.x.data(), *y = block.y.data(), *z = block.z.data(), *inverse_d2 = block.inverse_d2.data();
  const auto *sx = block.sx.data(), *sy = block.sy.data(), *sz = block.sz.data();
  KORDON_EACH_LANE(i) {
    const Vec3 a{x[i], y[i], z[i]};
    const Vec3 b{x[i + 1], y[i + 1], z[i + 1]};
    const auto d = b - a;
    const auto w = centre - a;
    const double t = edge_index::within_unit(dot(w, d) * inverse_d2[i]);
    const double miss2 = length2(w - t * d);
    const double sagitta_m = edge_index::sagitta_of({sx[i], sy[i], sz[i]}) + 1e-3;
    out.from.set(i, a);
    out.to.set(i, b);
    // (n - s)^2 >= n^2 - 2 n s, and 2 n <= n^2 / 100 km + 100 km.
    out.near2[i] = miss2 - sagitta_m * (miss2 * 1e-5 + 1e5);
    out.sagitta_m[i] = sagitta_m;
  }
}

/// See `find_dominated`; squared, to do without a root.
KORDON_INLINE void mark_dominated(const Witness& witness, double radius_m, const SeenEdges& edges,
                                  LaneBits& dominated) {
  KORDON_EACH_LANE(i) {
    const double far2 = greater(length2(edges.from[i] - witness.at), length2(edges.to[i] - witness.at));
    const double rest = edges.near2[i] - 2 * radius_m * edges.sagitta_m[i] - witness.limit_m2;
    const bool is_dominated = (rest > 0) & (rest * rest > 4 * radius_m * radius_m * far2);
    dominated[i] = is_dominated ? -1 : 0;
  }
}

KORDON_INLINE void mark_dominated(const Witness& witness, const Ball& in, const edge_index::Balls& balls,
                                  LaneBits& dominated) {
  const auto *x = balls.x.data(), *y = balls.y.data(), *z = balls.z.data(), *radii_m = balls.radius_m.data();
  KORDON_EACH_LANE(i) {
    const Vec3 centre{x[i], y[i], z[i]};
    const double radius_m = radii_m[i];
    const double near_m = greater(length(in.centre - centre) - radius_m, 0.0);
    const double far_m = length(witness.at - centre) + radius_m;
    dominated[i] = near_m * near_m - 2 * in.radius_m * far_m > witness.limit_m2 ? -1 : 0;
  }
}

/// Dominated by the first witness, or by all others; `hold(witness, dominated)` says what one dominates.
template <typename Hold>
KORDON_INLINE void combine(std::span<const Witness> witnesses, Hold&& hold, LaneBits& out) {
  hold(witnesses.front(), out);
  if (witnesses.size() == 1) return;
  LaneBits all, dominated;
  all.fill(-1);
  for (const auto& witness : witnesses.subspan(1)) {
    hold(witness, dominated);
    KORDON_EACH_LANE(i) all[i] &= dominated[i];
  }
  KORDON_EACH_LANE(i) out[i] |= all[i];
}

}  // namespace

KORDON_CLONES
void find_dominated(const edge_index::Balls& balls, const Ball& in, std::span<const Witness> witnesses,
                    LaneBits& dominated) {
  combine(
      witnesses, [&](const Witness& witness, LaneBits& out) { mark_dominated(witness, in, balls, out); }, dominated);
}

KORDON_CLONES
bool prune(const edge_index::Edges& edges, std::span<const edge_index::BlockNumber> blocks, const Ball& in,
           std::span<const Witness> witnesses, EdgeList& list) {
  SeenEdges pruned;
  LaneBits out;
  for (const auto number : blocks) {
    const auto& block = edges.blocks[number];
    look(block, in.centre, pruned);
    combine(
        witnesses,
        [&](const Witness& witness, LaneBits& dominated) { mark_dominated(witness, in.radius_m, pruned, dominated); },
        out);
    if (list.size + lane_count > EdgeList::capacity) return false;
    for (std::uint32_t k = 0; k < block.count; ++k) {
      list.edges[list.size] = number * edge_index::EdgeBlock::size + k;
      list.size += out[k] == 0 ? 1 : 0;
    }
  }
  return true;
}

void EdgeList::complete(const edge_index::Edges& of, const Ball& in) {
  const Vec3 centre = in.centre;
  const double radius_m = in.radius_m;
  const double left_out = length2(of.vertex(edges[0]) - centre);
  const auto at_most = [](Vec3 v) { return std::abs(v.x) + std::abs(v.y) + std::abs(v.z); };
  double greatest_sagitta_m = 0;
  double scale_m2 = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const auto curve = of.curve(edges[i]);
    const auto a = curve.a - centre;
    const auto along = curve.inverse_d2 * curve.d;
    const double d2 = length2(curve.d);
    const double start_0 = length2(a) - left_out;
    const double a_m = at_most(a);
    const double d_m = at_most(curve.d);
    const double way_m = a_m + d_m + radius_m;
    const double sagitta = edge_index::sagitta_of(curve.s);
    greatest_sagitta_m = std::max(greatest_sagitta_m, sagitta);
    scale_m2 = std::max(scale_m2, 2 * a_m * radius_m + std::abs(start_0) + 2 * d_m * (a_m + radius_m) + d2);
    // From t = 1 the Newton step of `nearest_t` goes on if (t - 1) |d|^2 > w s, w being the way from the end; and t is
    // off by some roundings of what it is made of.
    const double end =
        of.is_last(edges[i]) ? infinity : 1 + 1e-6 + way_m * (4 * sagitta + 1e-6 * d_m) * curve.inverse_d2;
    chords[i] = {offset_of(along),       static_cast<float>(-dot(along, a)),
                 offset_of(-2 * a),      static_cast<float>(start_0),
                 static_cast<float>(d2), static_cast<float>(end)};
  }
  left_out_m2 = static_cast<float>(left_out);
  sagitta_m = static_cast<float>(greatest_sagitta_m);
  // Twelve roundings of what is no larger than the scale: 7.2e-7 of it.
  rounding_m2 = static_cast<float>(1e-6 * scale_m2);
  coarse_m2 = rounding_m2 + static_cast<float>(1e-6 * (left_out + radius_m * radius_m));
}

KORDON_CLONES
void find_shortest(const EdgeList& list, const QueryBlock& queries, std::array<Shortest, QueryBlock::max_pairs>& out) {
  constexpr float far = std::numeric_limits<float>::infinity();
  const auto pairs = queries.pairs();
  std::array<Singles, QueryBlock::max_pairs> least, second;
  for (std::size_t pair = 0; pair < pairs; ++pair) {
    least[pair].fill(far), second[pair].fill(far);
    out[pair].number.fill(0);
  }
  for (std::size_t i = 0; i < list.size; ++i) {
    const auto number = static_cast<std::int32_t>(i);
    const auto chord = list.chords[i];
    for (std::size_t pair = 0; pair < pairs; ++pair) {
      const auto& q = queries.q[pair];
      auto& first = least[pair];
      auto& next = second[pair];
      auto& shortest = out[pair].number;
      KORDON_EACH_SINGLE(k) {
        const float square = chord2_less_m2(chord, q[k]);
        next[k] = lesser(greater(square, first[k]), next[k]);
        shortest[k] = square < first[k] ? number : shortest[k];
        first[k] = lesser(first[k], square);
      }
    }
  }
  const float sagitta_m = list.sagitta_m;
  const float rounding_m2 = list.rounding_m2;
  const float left_out_m2 = list.left_out_m2;
  const float coarse_m2 = list.coarse_m2;
  for (std::size_t pair = 0; pair < pairs; ++pair) {
    const auto& q = queries.q[pair];
    auto& limit_m2 = out[pair].limit_m2;
    SingleBits contested;
    KORDON_EACH_SINGLE(k) {
      const float chord2_m2 = greater(least[pair][k] + dot(q[k], q[k]) + left_out_m2, 0.0F);
      const float chord_m = root(chord2_m2 + coarse_m2);
      const float more_m = chord_slack_m(chord_m + sagitta_m) + (2 * sagitta_m + 1e-6F);
      limit_m2[k] = least[pair][k] + 1.0001F * more_m * (2 * chord_m + more_m) + 2 * rounding_m2;
      contested[k] = ((second[pair][k] <= limit_m2[k]) & (second[pair][k] < far)) ? -1 : 0;
    }
    for (std::size_t half = 0; half < 2; ++half) {
      out[pair].decided[half] =
          !any(std::span<const std::int32_t, lane_count>(&contested[half * lane_count], lane_count));
    }
  }
}

}  // namespace kordon::geo::bulk_query
