#include "geo/bulk_query/nearest_in_lanes.hpp"

#include "geo/earth/geodesic_series.hpp"

namespace kordon::geo::bulk_query {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// An edge's curve and all that is the same for all positions.
struct EdgeConstants {
  edge_index::Curve curve;
  edge_index::CurveProducts products;
  double end;  ///< the edge is [0, end): 2 for the last of an arc, whose end is its own
  edge_index::Sides sides;
  std::int64_t number;
  std::uint8_t range;

  KORDON_INLINE EdgeConstants(const edge_index::Edges& edges, edge_index::Edge i)
      : curve(edges.curve(i)),
        products(curve),
        end(edges.is_last(i) ? 2 : 1),
        sides(edges, i, curve),
        number(i),
        range(edges.block_of(i).range) {}
};

/// A group's positions, and the nearest that was found so far.
struct Group {
  const Vec3Lanes* p;
  NearestInLanes* best;
};

/// Puts the longer series' distances in the place of finite ones.
KORDON_INLINE void lengthen(const Vec3Lanes& p, const Vec3Lanes& offset, const LaneBits& is_long, Lanes& distance_m) {
  KORDON_EACH_LANE(k) {
    const double m = long_geodesic_from_chord_m(p[k], offset[k]);
    distance_m[k] = ((is_long[k] != 0) & (distance_m[k] < infinity)) ? m : distance_m[k];
  }
}

/// The positions of a block, and even more those of a packet, lie within this of each other.
constexpr double spread_m = 400e3;

/// Notes positions that an edge is too far from for `nearest_t`: see `NearestInLanes::out_of_range_m`.
KORDON_INLINE void note_out_of_range(const EdgeConstants& edge, double range_m, std::span<const Group> groups) {
  for (const auto& group : groups) {
    auto& out_of_range_m = group.best->out_of_range_m;
    KORDON_EACH_LANE(k) {
      const auto p = (*group.p)[k];
      const double t = edge_index::nearest_on_chord(edge.curve, p);
      const double chord_m = edge_index::chord_at_least_m(edge.curve, t, p);
      const bool beyond = (chord_m > range_m) & (t < edge.end);
      out_of_range_m[k] = beyond ? lesser(chord_m, out_of_range_m[k]) : out_of_range_m[k];
    }
  }
}

/// Takes an edge for the positions that it is nearer to, at a t below its end. Step by step for all groups: what a step
/// finds the next one waits for, and the processor looks ahead no farther than a group or two of all steps.
KORDON_INLINE void consider(const EdgeConstants& edge, std::span<const Group> groups) {
  std::array<Lanes, QueryBlock::max_groups> t, distance_m;
  std::array<Vec3Lanes, QueryBlock::max_groups> offset;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const auto& p = *groups[g].p;
    KORDON_EACH_LANE(k) t[g][k] = edge_index::nearest_t(edge.curve, edge.products, p[k]);
  }
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const auto& p = *groups[g].p;
    KORDON_EACH_LANE(k) offset[g].set(k, edge_index::offset_on(edge.curve, t[g][k], p[k]));
  }
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const auto& p = *groups[g].p;
    LaneBits is_long;
    KORDON_EACH_LANE(k) {
      const double m = short_geodesic_from_chord_m(p[k], offset[g][k]);
      distance_m[g][k] = t[g][k] < edge.end ? m : infinity;
      is_long[k] = length2(offset[g][k]) > max_arc_m * max_arc_m ? -1 : 0;
    }
    if (any(is_long)) lengthen(p, offset[g], is_long, distance_m[g]);
  }
  for (std::size_t g = 0; g < groups.size(); ++g) {
    auto& best = *groups[g].best;
    KORDON_EACH_LANE(k) {
      const double chord2_m2 = length2(offset[g][k]);
      const double left = edge.sides.left_of({chord2_m2, t[g][k], offset[g][k]});
      const bool nearer = (distance_m[g][k] < best.distance_m[k]) |
                          ((distance_m[g][k] == best.distance_m[k]) & (edge.number < best.edge[k]));
      best.chord2_m2[k] = distance_m[g][k] < infinity ? lesser(chord2_m2, best.chord2_m2[k]) : best.chord2_m2[k];
      best.distance_m[k] = nearer ? distance_m[g][k] : best.distance_m[k];
      best.left[k] = nearer ? left : best.left[k];
      best.edge[k] = nearer ? edge.number : best.edge[k];
      best.t[k] = nearer ? t[g][k] : best.t[k];
    }
  }
}

/// So many edges are measured sooner than looked at.
constexpr std::size_t few_edges = 2;

/// Groups that have a position which an edge of a list can be nearest to, a bit each, by edge.
using GroupsOfEdges = std::array<std::uint32_t, EdgeList::capacity>;
static_assert(QueryBlock::max_groups < 32);

KORDON_INLINE void find_groups(const EdgeList& list, const QueryBlock& queries, GroupsOfEdges& out) {
  if (list.size <= few_edges) {
    std::fill_n(out.begin(), list.size, (std::uint32_t{1} << queries.groups()) - 1);
    return;
  }
  std::array<Shortest, QueryBlock::max_pairs> shortest;
  find_shortest(list, queries, shortest);
  std::fill_n(out.begin(), list.size, 0U);
  for (std::size_t g = 0; g < queries.groups(); ++g) {
    const auto bit = std::uint32_t{1} << g;
    const auto first = g % 2 * lane_count;
    const auto* number = &shortest[g / 2].number[first];
    if (!shortest[g / 2].decided[g % 2]) {
      const auto& q = queries.q[g / 2];
      const auto* limit_m2 = &shortest[g / 2].limit_m2[first];
      for (std::size_t i = 0; i < list.size; ++i) {
        const auto& chord = list.chords[i];
        LanesOf<std::int32_t> within;
        KORDON_EACH_LANE(k) within[k] = chord2_less_m2(chord, q[first + k]) <= limit_m2[k] ? -1 : 0;
        out[i] |= any(within) ? bit : 0;
      }
      continue;
    }
    LanesOf<std::int32_t> others;
    KORDON_EACH_LANE(k) others[k] = number[k] ^ number[0];
    const std::size_t lanes = any(others) ? lane_count : 1;
    for (std::size_t k = 0; k < lanes; ++k) out[static_cast<std::size_t>(number[k])] |= bit;
  }
}

}  // namespace

KORDON_CLONES
void find_nearest_in_lanes(const edge_index::Edges& edges, const EdgeList& list, const QueryBlock& queries,
                           NearestInLanes* out, std::size_t stride) {
  GroupsOfEdges groups_of;
  find_groups(list, queries, groups_of);
  for (std::size_t g = 0; g < queries.groups(); ++g) {
    auto& best = out[g * stride];
    best.chord2_m2 = best.distance_m = best.out_of_range_m = all_lanes(infinity);
    best.left = best.t = all_lanes(0);
    best.edge.fill(0);
  }
  std::array<Group, QueryBlock::max_groups> groups;
  for (std::size_t i = 0; i < list.size; ++i) {
    std::size_t count = 0;
    for (auto bits = groups_of[i]; bits != 0; bits &= bits - 1) {
      const auto g = static_cast<std::size_t>(std::countr_zero(bits));
      groups[count++] = {&queries.p[g], &out[g * stride]};
    }
    if (count == 0) continue;
    const EdgeConstants edge(edges, list.edges[i]);
    consider(edge, std::span(groups).first(count));
    if (edge.range == 0) continue;
    const double range_m = series_range_m(edges.block_of(list.edges[i]));
    const auto p = queries.p[0][0];
    if (range_m < length(p - edge.curve.a) + spread_m) note_out_of_range(edge, range_m, std::span(groups).first(count));
  }
}

}  // namespace kordon::geo::bulk_query
