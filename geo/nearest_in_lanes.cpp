#include "geo/nearest_in_lanes.hpp"

#include "geo/chord.hpp"

namespace kordon::geo {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Takes an edge where it speaks, if it is nearer than what was found.
KORDON_INLINE void consider(const Edges& edges, const EdgeList& list, std::size_t i, const Vec3Lanes& points,
                            LaneBits& speaks, NearestInLanes& best) {
  const auto& curve = list.curves[i];
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
  const auto from = edges.place[list.edges[i]];
  const auto to = edges.place[list.edges[i] + 1];
  KORDON_EACH_LANE(k) {
    const OnEdge on{on_chord2[k], on_t[k], reach[k]};
    const double distance = geodesic_from_chord_m(p[k], on.reach);
    const bool speaking = speaks[k] != 0;
    const bool nearer =
        speaking & ((distance < best.distance_m[k]) | ((distance == best.distance_m[k]) & (edge < best.edge[k])));
    const auto place = place_between(from, to, on.t);
    best.chord2_m2[k] = speaking ? lesser(on.chord2_m2, best.chord2_m2[k]) : best.chord2_m2[k];
    best.distance_m[k] = nearer ? distance : best.distance_m[k];
    best.left[k] = nearer ? sides.left_of(on) : best.left[k];
    best.lon_deg[k] = nearer ? place.lon_deg : best.lon_deg[k];
    best.lat_deg[k] = nearer ? place.lat_deg : best.lat_deg[k];
    best.edge[k] = nearer ? edge : best.edge[k];
  }
}

KORDON_INLINE void find_nearest(const Edges& edges, const EdgeList& list, const Shortest& shortest, const Vec3Lanes& p,
                                NearestInLanes& out) {
  out.chord2_m2 = out.distance_m = all_lanes(infinity);
  out.left = out.lon_deg = out.lat_deg = all_lanes(0);
  out.edge.fill(0);
  LaneBits speaks;
  if (shortest.decided) {
    std::int64_t before = -1;
    for (const auto i : shortest.number) {
      if (i == before) continue;
      before = i;
      KORDON_EACH_LANE(k) speaks[k] = shortest.number[k] == i ? -1 : 0;
      consider(edges, list, static_cast<std::size_t>(i), p, speaks, out);
    }
    return;
  }
  for (std::size_t i = 0; i < list.size; ++i) {
    KORDON_EACH_LANE(k) speaks[k] = chord2_m2(list, i, p[k]) <= shortest.limit2_m2[k] ? -1 : 0;
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
