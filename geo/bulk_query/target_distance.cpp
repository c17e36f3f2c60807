#include "geo/bulk_query/target_distance.hpp"

#include <bit>

#include "geo/earth/geodesic_series.hpp"
#include "geo/edge_index/point_in_region.hpp"

namespace kordon::geo::bulk_query {
namespace {

/// Minimum over the trees with a bit in `trees`, at least one.
KORDON_INLINE void merge(const NearestInLanes* found, std::uint64_t trees, ClassMinimum& out) {
  auto& [best, winner, far] = out;
  best = found[std::countr_zero(trees)];
  winner.fill(std::countr_zero(trees));
  for (trees &= trees - 1; trees != 0; trees &= trees - 1) {
    const std::int64_t tree = std::countr_zero(trees);
    const auto& other = found[tree];
    KORDON_EACH_LANE(i) {
      const bool nearer = (other.distance_m[i] < best.distance_m[i]) |
                          ((other.distance_m[i] == best.distance_m[i]) & (other.edge[i] < best.edge[i]));
      best.chord2_m2[i] = lesser(other.chord2_m2[i], best.chord2_m2[i]);
      best.distance_m[i] = nearer ? other.distance_m[i] : best.distance_m[i];
      best.left[i] = nearer ? other.left[i] : best.left[i];
      best.edge[i] = nearer ? other.edge[i] : best.edge[i];
      best.t[i] = nearer ? other.t[i] : best.t[i];
      best.out_of_range_m[i] = lesser(other.out_of_range_m[i], best.out_of_range_m[i]);
      winner[i] = nearer ? tree : winner[i];
    }
  }
  KORDON_EACH_LANE(i) {
    const double chord_m = root(best.chord2_m2[i]);
    const bool in_range = (chord_m <= max_series_chord_m) & (best.out_of_range_m[i] > chord_m + chord_slack_m(chord_m));
    far[i] = in_range ? 0 : -1;
  }
}

KORDON_INLINE void sign(const ClassMinimum& merged, const ClassMask& mask, SignedDistances& out) {
  const auto& nearest = merged.nearest;
  const auto right = std::bit_cast<std::int64_t>(mask.inside_right);
  const std::int64_t region_bits = mask.region ? -1 : 0;
  out.edge = nearest.edge;
  out.t = nearest.t;
  KORDON_EACH_LANE(i) {
    const double d = nearest.distance_m[i];
    const double inward = ((right >> merged.tree[i]) & 1) != 0 ? -nearest.left[i] : nearest.left[i];
    const std::int64_t off_line = d >= on_line_m ? region_bits : 0;
    out.far[i] = merged.far[i];
    out.no_side[i] = inward == 0.0 ? off_line : 0;
    const std::int64_t inside = inward > 0.0 ? off_line : 0;
    out.signed_m[i] = inside != 0 ? d : -d;
  }
}

}  // namespace

KORDON_CLONES
bool sign(const NearestInLanes* found, std::span<const ClassMask> masks, std::span<ClassMinimum> merged,
          std::span<SignedDistances> out) {
  LaneBits undecided{};
  for (std::size_t column = 0; column < masks.size(); ++column) {
    const auto& mask = masks[column];
    auto& its = out[column];
    if (mask.trees == 0) {
      its.far.fill(-1);
      its.no_side.fill(0);
    } else {
      if (mask.merged == column) merge(found, mask.trees, merged[column]);
      sign(merged[mask.merged], mask, its);
    }
    KORDON_EACH_LANE(i) undecided[i] |= its.far[i] | its.no_side[i];
  }
  return any(undecided);
}

}  // namespace kordon::geo::bulk_query
