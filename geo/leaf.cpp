#include "geo/leaf.hpp"

#include <algorithm>
#include <limits>

#include "geo/chord.hpp"
#include "geo/side.hpp"

namespace kordon::geo {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace

KORDON_CLONES
Around place_in_space(Leaf& leaf) {
  Vec3Lanes low, high;
  low.fill({infinity, infinity, infinity});
  high.fill({-infinity, -infinity, -infinity});
  for (std::size_t g = 0; g < 2 * leaf.pairs(); ++g) {
    auto& to = leaf.p[g];
    KORDON_EACH_LANE(i) {
      const auto p = to_ecef(leaf.lon_deg[g][i], leaf.lat_deg[g][i]);
      to.set(i, p);
      low.x[i] = lesser(p.x, low.x[i]), low.y[i] = lesser(p.y, low.y[i]), low.z[i] = lesser(p.z, low.z[i]);
      high.x[i] = greater(p.x, high.x[i]), high.y[i] = greater(p.y, high.y[i]), high.z[i] = greater(p.z, high.z[i]);
    }
  }
  KORDON_EACH_LANE(i) { high.x[i] = -high.x[i], high.y[i] = -high.y[i], high.z[i] = -high.z[i]; }
  const Vec3 a{least_of(low.x), least_of(low.y), least_of(low.z)};
  const Vec3 b{-least_of(high.x), -least_of(high.y), -least_of(high.z)};
  const Vec3 centre = 0.5 * (a + b);
  for (std::size_t g = 0; g < 2 * leaf.pairs(); ++g) {
    const auto& p = leaf.p[g];
    auto& q = leaf.q[g / 2];
    const auto first = g % 2 * lane_count;
    KORDON_EACH_LANE(i) q.set(first + i, offset_of(p[i] - centre));
  }
  return {centre, 0.5 * length(b - a) + 1e-3};
}

namespace {

/// Of those with a bit in `sets`, at least one, the nearest.
KORDON_INLINE void merge(const NearestInLanes* found, std::uint64_t sets, Merged& out) {
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
      best.edge[i] = nearer ? other.edge[i] : best.edge[i];
      best.t[i] = nearer ? other.t[i] : best.t[i];
      winner[i] = nearer ? set : winner[i];
    }
  }
}

KORDON_INLINE void sign(const Merged& merged, const Share& share, double series_chord_m, Signed& out) {
  const double series2_m2 = series_chord_m * series_chord_m;
  const auto& nearest = merged.nearest;
  const auto right = std::bit_cast<std::int64_t>(share.inside_right);
  const std::int64_t region_bits = share.region ? -1 : 0;
  out.edge = nearest.edge;
  out.t = nearest.t;
  KORDON_EACH_LANE(i) {
    const double d = nearest.distance_m[i];
    const double inward = ((right >> merged.set[i]) & 1) != 0 ? -nearest.left[i] : nearest.left[i];
    const std::int64_t off_line = d >= on_line_m ? region_bits : 0;
    out.far[i] = nearest.chord2_m2[i] > series2_m2 ? -1 : 0;
    out.no_side[i] = inward == 0.0 ? off_line : 0;
    const std::int64_t inside = inward > 0.0 ? off_line : 0;
    out.signed_m[i] = inside != 0 ? d : -d;
  }
}

}  // namespace

KORDON_CLONES
bool sign(const NearestInLanes* found, std::span<const Share> shares, double series_chord_m, std::span<Merged> merged,
          std::span<Signed> out) {
  LaneBits doubtful{};
  for (std::size_t column = 0; column < shares.size(); ++column) {
    const auto& share = shares[column];
    auto& its = out[column];
    if (share.sets == 0) {
      its.far.fill(-1);
      its.no_side.fill(0);
    } else {
      if (share.merged == column) merge(found, share.sets, merged[column]);
      sign(merged[share.merged], share, series_chord_m, its);
    }
    KORDON_EACH_LANE(i) doubtful[i] |= its.far[i] | its.no_side[i];
  }
  return any(doubtful);
}

}  // namespace kordon::geo
