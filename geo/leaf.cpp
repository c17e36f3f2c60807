#include "geo/leaf.hpp"

#include <algorithm>
#include <limits>

#include "geo/nearest.hpp"
#include "geo/side.hpp"

namespace kordon::geo {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

KORDON_INLINE Lanes lesser(const Lanes& a, const Lanes& b) { return pick(a < b, a, b); }
KORDON_INLINE Lanes greater(const Lanes& a, const Lanes& b) { return pick(a > b, a, b); }

KORDON_INLINE Lanes read(const double* from) {
  Lanes lanes;
  __builtin_memcpy(&lanes, from, sizeof lanes);
  return lanes;
}
KORDON_INLINE Lanes read(const float* from) {
  Lanes lanes;
  for (std::size_t i = 0; i < lane_count; ++i) lanes[i] = double{from[i]};
  return lanes;
}

KORDON_INLINE double least(const Lanes& lanes) {
  double x = lanes[0];
  for (std::size_t i = 1; i < lane_count; ++i) x = lanes[i] < x ? lanes[i] : x;
  return x;
}

}  // namespace

KORDON_CLONES
Around place_in_space(Leaf& leaf) {
  Vector<Lanes> low{Lanes{} + infinity, Lanes{} + infinity, Lanes{} + infinity};
  Vector<Lanes> high{Lanes{} - infinity, Lanes{} - infinity, Lanes{} - infinity};
  for (std::size_t g = 0; g < leaf.groups(); ++g) {
    const auto p = to_ecef(leaf.lon_deg[g], leaf.lat_deg[g]);
    leaf.p[g] = p;
    low = {lesser(p.x, low.x), lesser(p.y, low.y), lesser(p.z, low.z)};
    high = {greater(p.x, high.x), greater(p.y, high.y), greater(p.z, high.z)};
  }
  const Vec3 a{least(low.x), least(low.y), least(low.z)};
  const Vec3 b{-least(-high.x), -least(-high.y), -least(-high.z)};
  return {0.5 * (a + b), 0.5 * length(b - a) + 1e-3};
}

Rival::Rival(const Around& in, Vec3 point) : at(point) {
  const double chord_m = length(in.centre - point);
  const double slack_m = chord_slack_m(chord_m + in.radius_m) + 1e-3;
  limit_m2 = chord_m * chord_m + 2 * slack_m * (chord_m + in.radius_m) + slack_m * slack_m;
}

KORDON_CLONES
void approach_vertex(const Edges& edges, std::span<const Block> blocks, Vec3 place, Vec3& near) {
  Lanes best = Lanes{} + length2(place - near);
  LaneBits vertex = LaneBits{} - 1;
  const LaneBits steps{0, 1, 2, 3, 4, 5, 6, 7};
  for (const auto block : blocks) {
    const Vector<Lanes> a{read(&edges.x[block.first]), read(&edges.y[block.first]), read(&edges.z[block.first])};
    const Lanes d2 = length2(a - place);
    const LaneBits nearer = (d2 < best) & (steps <= std::int64_t{block.count});
    best = pick(nearer, d2, best);
    vertex = nearer ? steps + std::int64_t{block.first} : vertex;
  }
  const double least_m2 = least(best);
  for (std::size_t i = 0; i < lane_count; ++i) {
    if (best[i] == least_m2 && vertex[i] >= 0) near = edges.vertex(static_cast<Edge>(vertex[i]));
  }
}

KORDON_CLONES
bool sift(const Edges& edges, std::span<const Block> blocks, const Around& in, const Rival& own,
          std::span<const Rival> others, EdgeList& list) {
  const LaneBits steps{0, 1, 2, 3, 4, 5, 6, 7};
  for (const auto block : blocks) {
    const auto i = block.first;
    const Vector<Lanes> a{read(&edges.x[i]), read(&edges.y[i]), read(&edges.z[i])};
    const Vector<Lanes> b{read(&edges.x[i + 1]), read(&edges.y[i + 1]), read(&edges.z[i + 1])};
    const auto d = b - a;
    const auto w = in.centre - a;
    const Lanes t = within_unit<Lanes>(dot(w, d) * read(&edges.inverse_d2[i]));
    const auto miss = w - t * d;
    const Vector<Lanes> s{read(&edges.sx[i]), read(&edges.sy[i]), read(&edges.sz[i])};
    const Lanes sagitta = 0.25 * (greater(s.x, -s.x) + greater(s.y, -s.y) + greater(s.z, -s.z)) + 1e-3;
    // (n - s)^2 >= n^2 - 2 n s, and 2 n <= n^2 / 100 km + 100 km.
    const Lanes miss2 = length2(miss);
    const Lanes near2 = miss2 - sagitta * (miss2 * 1e-5 + 1e5);
    const auto beats = [&](const Rival& rival) __attribute__((always_inline)) {
      const Lanes far = root(greater(length2(a - rival.at), length2(b - rival.at))) + sagitta;
      return near2 - 2 * in.radius_m * far > rival.limit_m2;
    };
    LaneBits out = (steps >= std::int64_t{block.count}) | beats(own);
    if (!others.empty()) {
      LaneBits all = beats(others.front());
      for (const auto& rival : others.subspan(1)) all &= beats(rival);
      out |= all;
    }
    if (list.size + lane_count > EdgeList::capacity) return false;
    for (std::uint32_t k = 0; k < lane_count; ++k) {
      list.edges[list.size] = i + k;
      list.size += out[k] == 0 ? 1 : 0;
    }
  }
  return true;
}

KORDON_CLONES
void find_nearest_in_lanes(const Edges& edges, const EdgeList& list, const Vector<Lanes>& points, NearestInLanes& out) {
  alignas(sizeof(Lanes)) std::array<Lanes, EdgeList::capacity> chords2;
  const Vector<Lanes> p = points;
  Lanes least2 = Lanes{} + infinity;
  double sagitta_m = 0;
  for (std::size_t i = 0; i < list.size; ++i) {
    chords2[i] = near_chord2_m2(list.curves[i], p);
    least2 = lesser(chords2[i], least2);
    sagitta_m = std::max(sagitta_m, list.curves[i].sagitta_m());
  }
  const Lanes chord = root(least2);
  const Lanes limit = chord + chord_slack_m(chord + sagitta_m) + (2 * sagitta_m + 1e-6);
  const Lanes limit2 = limit * limit;
  NearestInLanes best{};
  best.chord2_m2 = Lanes{} + infinity;
  best.distance_m = Lanes{} + infinity;
  for (std::size_t i = 0; i < list.size; ++i) {
    if (!any(chords2[i] <= limit2)) continue;
    const auto on = nearest_on_edge(list.curves[i], p);
    const bool last = edges.is_last(list.edges[i]);
    const LaneBits speaks = last ? chords2[i] <= limit2 : (chords2[i] <= limit2) & (on.t < 1.0);
    if (!any(speaks)) continue;
    const Lanes distance = geodesic_from_chord_m(p, on.reach);
    const LaneBits nearer = speaks & ((distance < best.distance_m) |
                                      ((distance == best.distance_m) & (std::int64_t{list.edges[i]} < best.edge)));
    const auto place = place_on_edge(edges, list.edges[i], on.t);
    best.chord2_m2 = pick(speaks, lesser(on.chord2_m2, best.chord2_m2), best.chord2_m2);
    best.distance_m = pick(nearer, distance, best.distance_m);
    best.left = pick(nearer, left_of(edges, list.edges[i], list.curves[i], on), best.left);
    best.lon_deg = pick(nearer, place.lon_deg, best.lon_deg);
    best.lat_deg = pick(nearer, place.lat_deg, best.lat_deg);
    best.edge = nearer ? LaneBits{} + std::int64_t{list.edges[i]} : best.edge;
  }
  out = best;
}

KORDON_CLONES
void merge(const NearestInLanes* found, std::uint64_t sets, Merged& out) {
  NearestInLanes best = found[std::countr_zero(sets)];
  LaneBits winner = LaneBits{} + std::countr_zero(sets);
  for (sets &= sets - 1; sets != 0; sets &= sets - 1) {
    const std::int64_t set = std::countr_zero(sets);
    const NearestInLanes& other = found[set];
    const LaneBits nearer =
        (other.distance_m < best.distance_m) | ((other.distance_m == best.distance_m) & (other.edge < best.edge));
    best.chord2_m2 = lesser(other.chord2_m2, best.chord2_m2);
    best.distance_m = pick(nearer, other.distance_m, best.distance_m);
    best.left = pick(nearer, other.left, best.left);
    best.lon_deg = pick(nearer, other.lon_deg, best.lon_deg);
    best.lat_deg = pick(nearer, other.lat_deg, best.lat_deg);
    best.edge = nearer ? other.edge : best.edge;
    winner = nearer ? LaneBits{} + set : winner;
  }
  out = {best, winner};
}

KORDON_CLONES
void sign(const Merged& merged, bool region, std::uint64_t inside_right, Signed& out) {
  const auto& nearest = merged.nearest;
  const Lanes d = nearest.distance_m;
  out.far = nearest.chord2_m2 > series_chord_m * series_chord_m;
  if (!region) {
    out.signed_m = -d;
    out.no_side = LaneBits{};
    return;
  }
  const LaneBits right = ((LaneBits{} + std::bit_cast<std::int64_t>(inside_right)) >> merged.set) & 1;
  const Lanes inward = pick(right != 0, -nearest.left, nearest.left);
  const LaneBits off_line = d >= on_line_m;
  out.no_side = off_line & (inward == 0.0);
  out.signed_m = pick(off_line & (inward > 0.0), d, -d);
}

}  // namespace kordon::geo
