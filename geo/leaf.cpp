#include "geo/leaf.hpp"

#include <algorithm>
#include <limits>

#include "geo/chords.hpp"
#include "geo/nearest.hpp"
#include "geo/side.hpp"

namespace kordon::geo {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();


KORDON_INLINE double least(const Lanes& lanes) {
  double x = lanes[0];
  for (std::size_t i = 1; i < lane_count; ++i) x = lesser(lanes[i], x);
  return x;
}

}  // namespace

KORDON_CLONES
Around place_in_space(Leaf& leaf) {
  Vec3Lanes low, high;
  low.fill({infinity, infinity, infinity});
  high.fill({-infinity, -infinity, -infinity});
  for (std::size_t g = 0; g < leaf.groups(); ++g) {
    auto& to = leaf.p[g];
    KORDON_EACH_LANE(i) {
      const auto p = to_ecef(leaf.lon_deg[g][i], leaf.lat_deg[g][i]);
      to.set(i, p);
      low.x[i] = lesser(p.x, low.x[i]), low.y[i] = lesser(p.y, low.y[i]), low.z[i] = lesser(p.z, low.z[i]);
      high.x[i] = greater(p.x, high.x[i]), high.y[i] = greater(p.y, high.y[i]), high.z[i] = greater(p.z, high.z[i]);
    }
  }
  KORDON_EACH_LANE(i) { high.x[i] = -high.x[i], high.y[i] = -high.y[i], high.z[i] = -high.z[i]; }
  const Vec3 a{least(low.x), least(low.y), least(low.z)};
  const Vec3 b{-least(high.x), -least(high.y), -least(high.z)};
  return {0.5 * (a + b), 0.5 * length(b - a) + 1e-3};
}

Rival::Rival(const Around& in, Vec3 point) : at(point) {
  const double chord_m = length(in.centre - point);
  const double slack_m = chord_slack_m(chord_m + in.radius_m) + 1e-3;
  limit_m2 = chord_m * chord_m + 2 * slack_m * (chord_m + in.radius_m) + slack_m * slack_m;
}

KORDON_CLONES
void approach_vertex(const Edges& edges, std::span<const Block> blocks, Vec3 place, Vec3& near) {
  const auto *x = &edges.x[0], *y = &edges.y[0], *z = &edges.z[0];
  Lanes best = all_lanes(length2(place - near));
  LaneBits vertex;
  vertex.fill(-1);
  for (const auto block : blocks) {
    const std::int64_t first = block.first;
    const std::int64_t count = block.count;
    KORDON_EACH_LANE(i) {
      const auto step = static_cast<std::int64_t>(i);
      const double d2 = length2(Vec3{x[first + step], y[first + step], z[first + step]} - place);
      const bool nearer = (d2 < best[i]) & (step <= count);
      best[i] = nearer ? d2 : best[i];
      vertex[i] = nearer ? first + step : vertex[i];
    }
  }
  const double least_m2 = least(best);
  for (std::size_t i = 0; i < lane_count; ++i) {
    if (best[i] == least_m2 && vertex[i] >= 0) near = edges.vertex(static_cast<Edge>(vertex[i]));
  }
}

namespace {

/// Eight consecutive edges, as seen from the middle of a ball.
struct Sifted {
  Vec3Lanes from, to;
  Lanes near2;  ///< lower bound of the squared distance
  Lanes sagitta_m;
};

KORDON_INLINE void look(const Edges& edges, Edge first, Vec3 centre, Sifted& out) {
  const auto *x = &edges.x[first], *y = &edges.y[first], *z = &edges.z[first], *inverse_d2 = &edges.inverse_d2[first];
  const auto *sx = &edges.sx[first], *sy = &edges.sy[first], *sz = &edges.sz[first];
  KORDON_EACH_LANE(i) {
    const Vec3 a{x[i], y[i], z[i]};
    const Vec3 b{x[i + 1], y[i + 1], z[i + 1]};
    const auto d = b - a;
    const auto w = centre - a;
    const double t = within_unit(dot(w, d) * inverse_d2[i]);
    const double miss2 = length2(w - t * d);
    const double sagitta_m =
        0.25 * (std::abs(double{sx[i]}) + std::abs(double{sy[i]}) + std::abs(double{sz[i]})) + 1e-3;
    out.from.set(i, a);
    out.to.set(i, b);
    // (n - s)^2 >= n^2 - 2 n s, and 2 n <= n^2 / 100 km + 100 km.
    out.near2[i] = miss2 - sagitta_m * (miss2 * 1e-5 + 1e5);
    out.sagitta_m[i] = sagitta_m;
  }
}

/// See `beat`; squared, to do without a root.
KORDON_INLINE void hold_against(const Rival& rival, double radius_m, const Sifted& edges, LaneBits& beaten) {
  KORDON_EACH_LANE(i) {
    const double far2 = greater(length2(edges.from[i] - rival.at), length2(edges.to[i] - rival.at));
    const double rest = edges.near2[i] - 2 * radius_m * edges.sagitta_m[i] - rival.limit_m2;
    const bool is_beaten = (rest > 0) & (rest * rest > 4 * radius_m * radius_m * far2);
    beaten[i] = is_beaten ? -1 : 0;
  }
}

KORDON_INLINE void hold_against(const Rival& rival, const Around& in, const Ball* balls, LaneBits& beaten) {
  KORDON_EACH_LANE(i) {
    const Vec3 centre{balls[i].x, balls[i].y, balls[i].z};
    const double radius_m{balls[i].radius_m};
    const double near_m = greater(length(in.centre - centre) - radius_m, 0.0);
    const double far_m = length(rival.at - centre) + radius_m;
    beaten[i] = near_m * near_m - 2 * in.radius_m * far_m > rival.limit_m2 ? -1 : 0;
  }
}

/// Beaten by the first, or by all others; `hold(rival, beaten)` says by which.
template <typename Hold>
KORDON_INLINE void beat_by(std::span<const Rival> rivals, Hold&& hold, LaneBits& out) {
  hold(rivals.front(), out);
  if (rivals.size() == 1) return;
  LaneBits all, beaten;
  all.fill(-1);
  for (const auto& rival : rivals.subspan(1)) {
    hold(rival, beaten);
    KORDON_EACH_LANE(i) all[i] &= beaten[i];
  }
  KORDON_EACH_LANE(i) out[i] |= all[i];
}

KORDON_CLONES
void beat_eight(const Ball* balls, const Around& in, std::span<const Rival> rivals, LaneBits& out) {
  beat_by(rivals, [&](const Rival& rival, LaneBits& beaten) { hold_against(rival, in, balls, beaten); }, out);
}

}  // namespace

void beat(std::span<const Ball> balls, const Around& in, std::span<const Rival> rivals, LaneBits& beaten) {
  beat_eight(BallLanes(balls).data(), in, rivals, beaten);
}

KORDON_CLONES
bool sift(const Edges& edges, std::span<const Block> blocks, const Around& in, std::span<const Rival> rivals,
          EdgeList& list) {
  Sifted sifted;
  LaneBits out;
  for (const auto block : blocks) {
    look(edges, block.first, in.centre, sifted);
    beat_by(
        rivals, [&](const Rival& rival, LaneBits& beaten) { hold_against(rival, in.radius_m, sifted, beaten); }, out);
    if (list.size + lane_count > EdgeList::capacity) return false;
    for (std::uint32_t k = 0; k < block.count; ++k) {
      list.edges[list.size] = block.first + k;
      list.size += out[k] == 0 ? 1 : 0;
    }
  }
  return true;
}

void EdgeList::complete(const Edges& of, const Around& in) {
  sagitta_m = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const auto& curve = curves[i] = of.curve(edges[i]);
    const double bulge_m = curve.sagitta_m();
    sagitta_m = std::max(sagitta_m, bulge_m);
    // From t = 1 the Newton step of `nearest_on_edge` goes on if (t - 1) |d|^2 > w s, w being the way from the end.
    const double way_m = length(curve.a + curve.d - in.centre) + in.radius_m;
    ends[i] = of.is_last(edges[i]) ? infinity : 1 + 4 * bulge_m * way_m * curve.inverse_d2;
  }
}

KORDON_CLONES
void merge(const NearestInLanes* found, std::uint64_t sets, Merged& out) {
  auto& [best, winner] = out;
  best = found[std::countr_zero(sets)];
  winner.fill(std::countr_zero(sets));
  for (sets &= sets - 1; sets != 0; sets &= sets - 1) {
    const std::int64_t set = std::countr_zero(sets);
    const auto& other = found[set];
    KORDON_EACH_LANE(i) {
      const bool nearer = (other.distance_m[i] < best.distance_m[i]) |
                          ((other.distance_m[i] == best.distance_m[i]) & (other.edge[i] < best.edge[i]));
      best.chord2_m2[i] = lesser(other.chord2_m2[i], best.chord2_m2[i]);
      best.distance_m[i] = nearer ? other.distance_m[i] : best.distance_m[i];
      best.left[i] = nearer ? other.left[i] : best.left[i];
      best.lon_deg[i] = nearer ? other.lon_deg[i] : best.lon_deg[i];
      best.lat_deg[i] = nearer ? other.lat_deg[i] : best.lat_deg[i];
      best.edge[i] = nearer ? other.edge[i] : best.edge[i];
      winner[i] = nearer ? set : winner[i];
    }
  }
}

KORDON_CLONES
void sign(const Merged& merged, bool region, std::uint64_t inside_right, Signed& out) {
  const auto& nearest = merged.nearest;
  const auto right = std::bit_cast<std::int64_t>(inside_right);
  const std::int64_t region_bits = region ? -1 : 0;
  KORDON_EACH_LANE(i) {
    const double d = nearest.distance_m[i];
    const double inward = ((right >> merged.set[i]) & 1) != 0 ? -nearest.left[i] : nearest.left[i];
    const std::int64_t off_line = d >= on_line_m ? region_bits : 0;
    out.far[i] = nearest.chord2_m2[i] > series_chord_m * series_chord_m ? -1 : 0;
    out.no_side[i] = inward == 0.0 ? off_line : 0;
    const std::int64_t inside = inward > 0.0 ? off_line : 0;
    out.signed_m[i] = inside != 0 ? d : -d;
  }
  out.doubtful = any(out.far) || any(out.no_side);
}

}  // namespace kordon::geo
