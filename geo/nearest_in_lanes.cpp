#include "geo/chord.hpp"
#include "geo/leaf.hpp"

namespace kordon::geo {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// The shortest chord from each of eight positions to a list's edges.
struct Shortest {
  LaneBits number;   ///< of the edge in the list
  Lanes limit2_m2;   ///< edges with longer chords are not nearest
  bool decided;      ///< there is no other edge within the limit in any lane
};

/// Square of a chord; infinite where the next edge speaks for this one's end.
KORDON_INLINE double chord2_m2(const EdgeList& list, std::size_t i, Vec3 p) {
  const auto& curve = list.curves[i];
  const auto w = p - curve.a;
  const double t = dot(w, curve.d) * curve.inverse_d2;
  const double miss2 = length2(w - within_unit(t) * curve.d);
  return t > list.ends[i] ? infinity : miss2;
}

KORDON_INLINE void find_shortest(const EdgeList& list, const Vec3Lanes& points, Shortest& out) {
  const Vec3Lanes p = points;
  Lanes least = all_lanes(infinity);
  Lanes second = least;
  LaneBits shortest{};
  for (std::size_t i = 0; i < list.size; ++i) {
    const auto number = static_cast<std::int64_t>(i);
    KORDON_EACH_LANE(k) {
      const double square = chord2_m2(list, i, p[k]);
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
  out.number = shortest;
  out.decided = !any(rivalled);
}

/// An edge of the list, with what an answer takes from it.
struct Candidate {
  const Curve& curve;
  Sides sides;
  LonLat from, to;
  std::int64_t edge;
  double end;  ///< where it is nearest at this t or beyond, the next edge speaks for it

  Candidate(const Edges& edges, const EdgeList& list, std::size_t i)
      : curve(list.curves[i]),
        sides(edges, list.edges[i], curve),
        from(edges.place[list.edges[i]]),
        to(edges.place[list.edges[i] + 1]),
        edge(list.edges[i]),
        end(edges.is_last(list.edges[i]) ? 2 : 1) {}
};

/// The answer where there is no other edge; infinitely far where this one does not speak.
KORDON_INLINE void take(const Candidate& candidate, const Vec3Lanes& p, NearestInLanes& out) {
  const auto curve = candidate.curve;
  Lanes on_t, chord2;
  Vec3Lanes reach;
  KORDON_EACH_LANE(k) {
    const auto on = nearest_on_edge(curve, p[k]);
    on_t[k] = on.t, chord2[k] = on.chord2_m2;
    reach.set(k, on.reach);
  }
  KORDON_EACH_LANE(k) {
    const OnEdge on{chord2[k], on_t[k], reach[k]};
    const double distance = geodesic_from_chord_m(p[k], on.reach);
    const auto place = place_between(candidate.from, candidate.to, on.t);
    const bool speaks = on.t < candidate.end;
    out.chord2_m2[k] = speaks ? on.chord2_m2 : infinity;
    out.distance_m[k] = speaks ? distance : infinity;
    out.left[k] = candidate.sides.left_of(on);
    out.lon_deg[k] = place.lon_deg;
    out.lat_deg[k] = place.lat_deg;
    out.edge[k] = candidate.edge;
  }
}

/// Takes over what another edge says where it is asked and nearer.
KORDON_INLINE void take_over(const LaneBits& asked, const NearestInLanes& other, NearestInLanes& best) {
  KORDON_EACH_LANE(k) {
    const bool speaks = asked[k] != 0;
    const double distance = other.distance_m[k];
    const bool nearer =
        speaks & ((distance < best.distance_m[k]) | ((distance == best.distance_m[k]) & (other.edge[k] < best.edge[k])));
    best.chord2_m2[k] = speaks ? lesser(other.chord2_m2[k], best.chord2_m2[k]) : best.chord2_m2[k];
    best.distance_m[k] = nearer ? distance : best.distance_m[k];
    best.left[k] = nearer ? other.left[k] : best.left[k];
    best.lon_deg[k] = nearer ? other.lon_deg[k] : best.lon_deg[k];
    best.lat_deg[k] = nearer ? other.lat_deg[k] : best.lat_deg[k];
    best.edge[k] = nearer ? other.edge[k] : best.edge[k];
  }
}

KORDON_INLINE void find_nearest(const Edges& edges, const EdgeList& list, const Shortest& shortest, const Vec3Lanes& points,
                                NearestInLanes& out) {
  const Vec3Lanes p = points;
  const auto first = shortest.number[0];
  take(Candidate(edges, list, static_cast<std::size_t>(first)), p, out);
  LaneBits asked;
  KORDON_EACH_LANE(k) asked[k] = shortest.number[k] != first ? -1 : 0;
  if (shortest.decided && !any(asked)) return;

  NearestInLanes other;
  if (shortest.decided) {
    auto before = first;
    for (const auto i : shortest.number) {
      if (i == before) continue;
      before = i;
      KORDON_EACH_LANE(k) asked[k] = shortest.number[k] == i ? -1 : 0;
      take(Candidate(edges, list, static_cast<std::size_t>(i)), p, other);
      KORDON_EACH_LANE(k) {
        out.distance_m[k] = asked[k] != 0 ? infinity : out.distance_m[k];
        out.chord2_m2[k] = asked[k] != 0 ? infinity : out.chord2_m2[k];
      }
      take_over(asked, other, out);
    }
    return;
  }
  for (std::size_t i = 0; i < list.size; ++i) {
    KORDON_EACH_LANE(k) asked[k] = chord2_m2(list, i, p[k]) <= shortest.limit2_m2[k] ? -1 : 0;
    if (!any(asked)) continue;
    take(Candidate(edges, list, i), p, other);
    take_over(asked, other, out);
  }
}

}  // namespace

KORDON_CLONES
void find_nearest_in_lanes(const Edges& edges, const EdgeList& list, const Leaf& leaf, NearestInLanes* out, std::size_t stride) {
  std::array<Shortest, Leaf::max_groups> shortest;
  for (std::size_t group = 0; group < leaf.groups(); ++group) find_shortest(list, leaf.p[group], shortest[group]);
  for (std::size_t group = 0; group < leaf.groups(); ++group) {
    find_nearest(edges, list, shortest[group], leaf.p[group], out[group * stride]);
  }
}

}  // namespace kordon::geo
