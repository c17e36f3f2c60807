#include "geo/nearest_in_lanes.hpp"

#include "geo/chord.hpp"

namespace kordon::geo {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Takes an edge where it speaks, if it is nearer than what was found.
KORDON_INLINE void consider(const Edges& edges, const EdgeList& list, std::size_t i, const Vec3Lanes& points,
                            LaneBits& speaks, NearestInLanes& best) {
  const auto curve = edges.curve(list.edges[i]);
  const std::int64_t edge = list.edges[i];
  const double end = edges.is_last(list.edges[i]) ? 2 : 1;
  const Vec3Lanes p = points;
  Lanes on_t, on_chord2;
  Vec3Lanes reach;
  KORDON_EACH_LANE(k) {
    const auto on = nearest_on_edge(curve, p[k]);
    on_t[k] = on.t, on_chord2[k] = on.chord2_m2;
    reach.set(k, on.reach);
    speaks[k] = on.t < end ? speaks[k] : 0;
  }
  if (!any(speaks)) return;
  const auto sides = Sides(edges, list.edges[i], curve);
  KORDON_EACH_LANE(k) {
    const OnEdge on{on_chord2[k], on_t[k], reach[k]};
    const double distance = geodesic_from_chord_m(p[k], on.reach);
    const bool speaking = speaks[k] != 0;
    const bool nearer =
        speaking & ((distance < best.distance_m[k]) | ((distance == best.distance_m[k]) & (edge < best.edge[k])));
    best.chord2_m2[k] = speaking ? lesser(on.chord2_m2, best.chord2_m2[k]) : best.chord2_m2[k];
    best.distance_m[k] = nearer ? distance : best.distance_m[k];
    best.left[k] = nearer ? sides.left_of(on) : best.left[k];
    best.edge[k] = nearer ? edge : best.edge[k];
    best.t[k] = nearer ? on.t : best.t[k];
  }
}

/// With more edges than this in the lanes of a group it is faster to take each lane's own than one after the other.
constexpr int few_edges = 3;

/// An edge in each lane.
struct EdgeLanes {
  LaneBits edge;
  Vec3Lanes a, d, s;
  Lanes inverse_d2, end;
  Vec3Lanes from, to;  ///< see `Sides`

  void set(std::size_t k, const Edges& edges, Edge i) {
    const auto curve = edges.curve(i);
    edge[k] = i;
    a.set(k, curve.a), d.set(k, curve.d), s.set(k, curve.s);
    inverse_d2[k] = curve.inverse_d2;
    end[k] = edges.is_last(i) ? 2 : 1;
    from.set(k, edges.left_at(i)), to.set(k, edges.left_at(i + 1));
  }
};

/// What `consider` finds of an edge for each lane that is the only one to speak there.
KORDON_INLINE void measure(const EdgeLanes& its, const Vec3Lanes& points, NearestInLanes& out) {
  const Vec3Lanes p = points;
  Lanes on_t, on_chord2;
  Vec3Lanes reach;
  KORDON_EACH_LANE(k) {
    const auto on = nearest_on_edge({its.a[k], its.d[k], its.s[k], its.inverse_d2[k]}, p[k]);
    on_t[k] = on.t, on_chord2[k] = on.chord2_m2;
    reach.set(k, on.reach);
  }
  KORDON_EACH_LANE(k) {
    const OnEdge on{on_chord2[k], on_t[k], reach[k]};
    const Sides sides({its.a[k], its.d[k], its.s[k], its.inverse_d2[k]}, its.from[k], its.to[k]);
    const double distance = geodesic_from_chord_m(p[k], on.reach);
    const bool speaks = on.t < its.end[k];
    out.chord2_m2[k] = speaks ? on.chord2_m2 : infinity;
    out.distance_m[k] = speaks ? distance : infinity;
    out.left[k] = sides.left_of(on);
    out.t[k] = on.t;
  }
  out.edge = its.edge;
}

KORDON_INLINE void find_nearest(const Edges& edges, const EdgeList& list, const Shortest& shortest, const Vec3Lanes& p,
                                NearestInLanes& out) {
  out.chord2_m2 = out.distance_m = all_lanes(infinity);
  out.left = out.t = all_lanes(0);
  out.edge.fill(0);
  LaneBits speaks;
  if (shortest.decided) {
    int changes = 0;
    for (std::size_t k = 1; k < lane_count; ++k) changes += shortest.number[k] != shortest.number[k - 1] ? 1 : 0;
    if (changes >= few_edges) {
      EdgeLanes its;
      for (std::size_t k = 0; k < lane_count; ++k) {
        its.set(k, edges, list.edges[static_cast<std::size_t>(shortest.number[k])]);
      }
      measure(its, p, out);
      return;
    }
    std::int64_t before = -1;
    for (const auto i : shortest.number) {
      if (i == before) continue;
      before = i;
      KORDON_EACH_LANE(k) speaks[k] = shortest.number[k] == i ? -1 : 0;
      consider(edges, list, static_cast<std::size_t>(i), p, speaks, out);
    }
    return;
  }
  const Vec3 centre = list.centre;
  for (std::size_t i = 0; i < list.size; ++i) {
    const auto& chord = list.chords[i];
    KORDON_EACH_LANE(k) speaks[k] = chord2_less_m2(chord, p[k] - centre) <= shortest.limit_m2[k] ? -1 : 0;
    if (any(speaks)) consider(edges, list, i, p, speaks, out);
  }
}

}  // namespace

KORDON_CLONES
void find_nearest_in_lanes(const Edges& edges, const EdgeList& list, const Leaf& leaf, NearestInLanes* out,
                           std::size_t stride) {
  std::array<Shortest, Leaf::max_groups> shortest;
  find_shortest(list, leaf, shortest);
  for (std::size_t group = 0; group < leaf.groups(); ++group) {
    find_nearest(edges, list, shortest[group], leaf.p[group], out[group * stride]);
  }
}

}  // namespace kordon::geo
