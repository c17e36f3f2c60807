#include "geo/bulk_query/query_packet.hpp"

#include <bit>
#include <cmath>
#include <limits>

#include "geo/earth/geodesic_series.hpp"

namespace kordon::geo::bulk_query {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// What lies farther away than something this far is not nearest.
KORDON_INLINE double limit_of(double chord_m) { return chord_m + chord_slack_m(chord_m) + 1e-3; }

}  // namespace

KORDON_CLONES
void lower_limits_to_nearest(std::span<const Vec3> points, QueryPacket& packet) {
  const Vec3Lanes p = packet.p;
  Lanes least2_m2 = all_lanes(infinity);
  for (const auto& point : points) {
    KORDON_EACH_LANE(k) least2_m2[k] = lesser(least2_m2[k], length2(p[k] - point));
  }
  KORDON_EACH_LANE(k) packet.limit_m[k] = lesser(limit_of(root(least2_m2[k])), packet.limit_m[k]);
}

KORDON_CLONES
void lower_limits_to_farthest(std::span<const Vec3> points, QueryPacket& packet) {
  if (points.empty()) return;
  const Vec3Lanes p = packet.p;
  Lanes most2_m2 = all_lanes(0);
  for (const auto& point : points) {
    KORDON_EACH_LANE(k) most2_m2[k] = greater(most2_m2[k], length2(p[k] - point));
  }
  KORDON_EACH_LANE(k) packet.limit_m[k] = lesser(limit_of(root(most2_m2[k])), packet.limit_m[k]);
}

KORDON_CLONES
std::uint64_t balls_within(const QueryPacket& packet, const edge_index::Balls& balls) {
  const Vec3Lanes p = packet.p;
  const Lanes limit_m = packet.limit_m;
  LaneBits by{};  ///< each position
  for (std::size_t i = 0; i < lane_count; ++i) {
    const Vec3 centre{balls.x[i], balls.y[i], balls.z[i]};
    const double radius_m = balls.radius_m[i];
    const std::int64_t bit = std::int64_t{1} << i;
    LaneBits within;
    KORDON_EACH_LANE(k) {
      const double within_m = limit_m[k] + radius_m;
      within[k] = ((length2(p[k] - centre) <= within_m * within_m) & (within_m > 0.0)) ? bit : 0;
    }
    KORDON_EACH_LANE(k) by[k] |= within[k];
  }
  return united(by);
}

KORDON_CLONES
bool prune(const edge_index::EdgeBlock& block, edge_index::BlockNumber number, QueryPacket& packet, EdgeList& list) {
  if (list.size + edge_index::EdgeBlock::size > EdgeList::capacity) return false;
  const auto *sx = block.sx.data(), *sy = block.sy.data(), *sz = block.sz.data();
  Lanes minus_sagitta_m;
  KORDON_EACH_LANE(i) minus_sagitta_m[i] = -edge_index::sagitta_of({sx[i], sy[i], sz[i]});
  const double sagitta_m = 1e-3 - least_of(minus_sagitta_m);
  const Vec3Lanes p = packet.p;
  const Lanes limit_m = packet.limit_m;
  Lanes within2_m2;
  KORDON_EACH_LANE(k) within2_m2[k] = (limit_m[k] + sagitta_m) * (limit_m[k] + sagitta_m);
  Lanes least2_m2 = all_lanes(infinity);
  LaneBits by{};
  LaneBits near_edge{};
  for (std::size_t i = 0; i < block.count; ++i) {
    const std::int64_t edge = std::int64_t{number} * edge_index::EdgeBlock::size + static_cast<std::int64_t>(i);
    const Vec3 a{block.x[i], block.y[i], block.z[i]};
    const auto d = Vec3{block.x[i + 1], block.y[i + 1], block.z[i + 1]} - a;
    const double inverse_d2 = block.inverse_d2[i];
    const std::int64_t bit = std::int64_t{1} << i;
    LaneBits within;
    KORDON_EACH_LANE(k) {
      const auto w = p[k] - a;
      const double chord2 = length2(w - edge_index::within_unit(dot(w, d) * inverse_d2) * d);
      within[k] = chord2 <= within2_m2[k] ? bit : 0;
      near_edge[k] = chord2 < least2_m2[k] ? edge : near_edge[k];
      least2_m2[k] = lesser(least2_m2[k], chord2);
    }
    KORDON_EACH_LANE(k) by[k] |= within[k];
  }
  for (auto bits = united(by); bits != 0; bits &= bits - 1) {
    list.edges[list.size++] =
        number * edge_index::EdgeBlock::size + static_cast<edge_index::Edge>(std::countr_zero(bits));
  }
  KORDON_EACH_LANE(k) {
    packet.limit_m[k] = lesser(limit_of(root(least2_m2[k]) + sagitta_m), limit_m[k]);
    const bool nearer = least2_m2[k] < packet.near2_m2[k];
    packet.near_edge[k] = nearer ? near_edge[k] : packet.near_edge[k];
    packet.near2_m2[k] = nearer ? least2_m2[k] : packet.near2_m2[k];
  }
  return true;
}

}  // namespace kordon::geo::bulk_query
