#include "geo/chord.hpp"
#include "geo/leaf.hpp"

namespace kordon::geo {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// The chords from eight positions to a list's edges.
struct Chords {
  std::array<Lanes, EdgeList::capacity> squares_m2;  ///< infinite where the next edge speaks for this one's end
  Lanes limit2_m2;                                   ///< edges with longer ones are not nearest
  LaneBits shortest;                                 ///< number in the list
  bool decided;                                      ///< no other is within the limit in any lane
};

KORDON_INLINE void measure_chords(const EdgeList& list, const Vec3Lanes& points, Chords& out) {
  const Vec3Lanes p = points;
  Lanes least = all_lanes(infinity);
  Lanes second = least;
  LaneBits shortest{};
  for (std::size_t i = 0; i < list.size; ++i) {
    const auto& curve = list.curves[i];
    const double end = list.ends[i];
    const auto number = static_cast<std::int64_t>(i);
    auto& squares = out.squares_m2[i];
    KORDON_EACH_LANE(k) {
      const auto w = p[k] - curve.a;
      const double t = dot(w, curve.d) * curve.inverse_d2;
      const double miss2 = length2(w - within_unit(t) * curve.d);
      const double square = t > end ? infinity : miss2;
      squares[k] = square;
      second[k] = lesser(greater(square, least[k]), second[k]);
      shortest[k] = square < least[k] ? number : shortest[k];
      least[k] = lesser(square, least[k]);
    }
  }
  LaneBits rivalled;
  KORDON_EACH_LANE(k) {
    const double chord = root(least[k]);
    const double limit = chord + chord_slack_m(chord + list.sagitta_m) + (2 * list.sagitta_m + 1e-6);
    out.limit2_m2[k] = limit * limit;
    rivalled[k] = (second[k] <= limit * limit) & (second[k] < infinity) ? -1 : 0;
  }
  out.shortest = shortest;
  out.decided = !any(rivalled);
}

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

}  // namespace

KORDON_CLONES
void find_nearest_in_lanes(const Edges& edges, const EdgeList& list, const Vec3Lanes& points, NearestInLanes& out) {
  Chords chords;
  measure_chords(list, points, chords);
  out.chord2_m2 = out.distance_m = all_lanes(infinity);
  out.left = out.lon_deg = out.lat_deg = all_lanes(0);
  out.edge.fill(0);
  LaneBits speaks;
  if (chords.decided) {
    std::int64_t before = -1;
    for (std::size_t lane = 0; lane < lane_count; ++lane) {
      const auto i = chords.shortest[lane];
      if (i == before) continue;
      before = i;
      KORDON_EACH_LANE(k) speaks[k] = chords.shortest[k] == i ? -1 : 0;
      consider(edges, list, static_cast<std::size_t>(i), points, speaks, out);
    }
    return;
  }
  for (std::size_t i = 0; i < list.size; ++i) {
    KORDON_EACH_LANE(k) speaks[k] = chords.squares_m2[i][k] <= chords.limit2_m2[k] ? -1 : 0;
    if (any(speaks)) consider(edges, list, i, points, speaks, out);
  }
}

}  // namespace kordon::geo
