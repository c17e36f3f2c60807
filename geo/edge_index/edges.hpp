#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "geo/atlas/atlas.hpp"
#include "geo/earth/ecef.hpp"
#include "geo/edge_index/image.hpp"

namespace kordon::geo::edge_index {

using Edge = std::uint32_t;

/// Boundary class: the regions on both sides of an edge, as seen along it, and the border sections that it is part of.
struct BoundaryClass {
  std::vector<Target> left;     ///< regions
  std::vector<Target> right;    ///< regions
  std::vector<Target> borders;  ///< border sections

  [[nodiscard]] bool has(Target target) const;
};

/// First edge of an arc and the one after its last.
struct ArcRange {
  Edge begin, end;
};

/// Upper bound of the sagitta of a `Curve`, |s| / 4: its distance from its chord at the same t, greatest in the middle.
KORDON_INLINE double sagitta_of(Vec3 s) { return 0.25 * (std::abs(s.x) + std::abs(s.y) + std::abs(s.z)); }

/// An edge as a curve in space: P(t) = a + t d + t (1 - t) s.
struct Curve {
  Vec3 a;
  Vec3 d;             ///< the chord
  Vec3 s;             ///< the quadratic coefficient: half way, the curve is s / 4 from the chord
  double inverse_d2;  ///< 1 / |d|^2, 0 for an edge of less than a micrometre
};

/// Edge block: eight consecutive edges of an arc, or as many as are left at its end, as curves in space.
struct alignas(64) EdgeBlock {
  static constexpr std::uint32_t size = 8;

  std::array<double, size + 1> x, y, z;  ///< vertices, ECEF metres; the last is the next block's first
  std::array<double, size> inverse_d2;   ///< 1 / |D|^2, 0 below a micrometre
  std::array<float, size> sx, sy, sz;    ///< quadratic coefficients, `Curve::s`
  std::uint32_t boundary_class;
  std::uint8_t junctions;  ///< a bit for each vertex but the last; see `Edges::is_junction`
  std::uint8_t range;      ///< see `series_range_m`
  std::uint8_t count;      ///< of edges; there are none where only an arc's last vertex is left
  std::uint8_t ends_arc;   ///< 1: the last of the edges is the arc's
};
static_assert(sizeof(EdgeBlock) == 384 && EdgeBlock::size == lane_count);

/// Range of validity of `nearest_t` and of the series for the geodesic's length, from a block's edges:
/// `max_series_range_m` where `range` is 0, and less by a factor of 2^(1/16) for each step. It is less for lines along
/// parallels, the more the nearer they are to a pole.
double series_range_m(const EdgeBlock& block);
/// The least `range` whose limit is no longer than this; at most 255, which is 32 m.
std::uint8_t range_code(double limit_m);

/// A direction in space, in single precision.
struct Direction {
  float x, y, z;
};

/// Every edge of the atlas once, as curves in space.
///
/// Edge i runs from vertex i to vertex i + 1, unless i is the last vertex of its arc. The vertices of an arc are
/// numbered one after the other, from a multiple of EdgeBlock::size on, so that some numbers are left out. A straight
/// line in longitude and latitude is the curve P(t) = A + t D + t (1 - t) S, D = B - A, with S fitted to its middle,
/// where the curve is S / 4 from its chord; edges are cut into equal parts of t until this is true to `curve_error_m`.
template <template <typename> typename Array>
struct EdgeArrays {
  Array<EdgeBlock> blocks;  ///< of edges EdgeBlock::size * i and on
  Array<LonLat> place;      ///< vertices, degrees
  /// Left-hand direction at the bend of vertex i, half way between the perpendiculars of edges i - 1 and i; zero at a
  /// junction and where the line turns back so sharply that this is not well defined. See `Sides`.
  Array<Direction> left;
  Array<std::uint32_t>
      class_members;  ///< of each boundary class: the sizes of left, right and borders, then their targets
  Array<ArcRange> arcs;

  [[nodiscard]] const EdgeBlock& block_of(Edge i) const { return blocks[i / EdgeBlock::size]; }
  [[nodiscard]] Vec3 vertex(Edge i) const {
    const auto& block = block_of(i);
    const auto at = i % EdgeBlock::size;
    return {block.x[at], block.y[at], block.z[at]};
  }
  [[nodiscard]] Vec3 quadratic(Edge i) const {
    const auto& block = block_of(i);
    const auto at = i % EdgeBlock::size;
    return {block.sx[at], block.sy[at], block.sz[at]};
  }
  /// Whether a vertex is a junction: other edges meet there than i - 1 and i.
  [[nodiscard]] bool is_junction(Edge vertex) const {
    return ((block_of(vertex).junctions >> (vertex % EdgeBlock::size)) & 1U) != 0;
  }

  /// Calls `visit` with every array of some edges, in an order that stays.
  template <typename Self, typename Visit>
  static void each(Self& self, Visit&& visit) {
    each_pair(self, self, [&](auto& array, auto&) { visit(array); });
  }
  /// Calls `visit` with the arrays of two, pair by pair.
  template <typename A, typename B, typename Visit>
  static void each_pair(A& a, B& b, Visit&& visit) {
    visit(a.blocks, b.blocks), visit(a.place, b.place), visit(a.left, b.left);
    visit(a.class_members, b.class_members), visit(a.arcs, b.arcs);
  }
};

struct Edges : EdgeArrays<FixedArray> {
  std::vector<BoundaryClass> classes;  ///< by boundary class

  explicit Edges(const Atlas& atlas);
  explicit Edges(ImageReader& image);

  [[nodiscard]] Vec3 left_at(Edge vertex) const { return {left[vertex].x, left[vertex].y, left[vertex].z}; }
  [[nodiscard]] std::uint32_t boundary_class(Edge i) const { return block_of(i).boundary_class; }
  [[nodiscard]] const BoundaryClass& class_of(Edge i) const { return classes[boundary_class(i)]; }
  /// Whether an edge is the last of its arc, [0, 1]; all others are half-open, [0, 1): their end is the next one's
  /// start.
  [[nodiscard]] bool is_last(Edge i) const {
    const auto& block = block_of(i);
    return block.ends_arc != 0 && i % EdgeBlock::size + 1 == block.count;
  }
  [[nodiscard]] Curve curve(Edge i) const {
    const Vec3 a = vertex(i);
    return {a, vertex(i + 1) - a, quadratic(i), block_of(i).inverse_d2[i % EdgeBlock::size]};
  }
  /// The place in degrees of a point on an edge: exact, since edges are straight there, and bit-identical for its ends.
  [[nodiscard]] LonLat place_at(Edge i, double t) const {
    const auto& to = place[i + 1];
    const auto& from = place[i + (t == 1.0 ? 1 : 0)];  // no branch: it would often be guessed wrongly
    return {from.lon_deg + t * (to.lon_deg - from.lon_deg), from.lat_deg + t * (to.lat_deg - from.lat_deg)};
  }
  [[nodiscard]] Vec3 at(Edge i, double t) const {
    return vertex(i) + t * (vertex(i + 1) - vertex(i)) + (t * (1 - t)) * quadratic(i);
  }

 private:
  void derive();
};

inline constexpr double curve_error_m = 2e-4;

/// The nearest point of an edge to a query, in space.
struct OnEdge {
  double chord2_m2;  ///< square of the straight distance through the Earth
  double t;          ///< in [0, 1]
  Vec3 offset;       ///< from the query to the point, metres
};

/// The interval [0, 1] as numbers that the compiler does not know: it clamps to constants by masks, to these by one
/// minimum and one maximum.
struct UnitInterval {
  double low, high;
};
extern const UnitInterval unit_interval;

template <typename T>
KORDON_INLINE T within_unit(T t) {
  return lesser(greater(t, static_cast<T>(unit_interval.low)), static_cast<T>(unit_interval.high));
}

/// Parameter t of the point where an edge's chord is nearest to a query.
KORDON_INLINE double nearest_on_chord(const Curve& edge, Vec3 q) {
  return within_unit(dot(q - edge.a, edge.d) * edge.inverse_d2);
}

/// Lower bound of the chord to any point of an edge; its own chord is nearest at t.
KORDON_INLINE double chord_at_least_m(const Curve& edge, double t, Vec3 q) {
  return length((q - edge.a) - t * edge.d) - sagitta_of(edge.s);
}

/// Scalar products of an edge's D and S.
struct CurveProducts {
  double dd, ds, ss;

  explicit KORDON_INLINE CurveProducts(const Curve& edge)
      : dd(length2(edge.d)), ds(dot(edge.d, edge.s)), ss(length2(edge.s)) {}
};

/// Parameter t of the point where an edge is nearest to a query: one projection on D and one Newton step on the curve.
/// The step divides by half the second derivative of the squared distance, |T|^2 + 2 (miss S) for the tangent T: no
/// less than half of |D|^2 up to `series_range_m`, so that there is one nearest point. Farther away the step leads
/// anywhere.
KORDON_INLINE double nearest_t(const Curve& edge, const CurveProducts& products, Vec3 q) {
  const auto [dd, ds, ss] = products;
  const auto w = q - edge.a;
  const double wd = dot(w, edge.d);
  const double ws = dot(w, edge.s);
  const double t = within_unit(wd * edge.inverse_d2);
  const double u = t * (1.0 - t);
  const double turn = 1.0 - 2.0 * t;
  // What is missing, w - (t d + u s), along d and s; the tangent is d + turn s.
  const double miss_d = wd - t * dd - u * ds;
  const double miss_s = ws - t * ds - u * ss;
  const double bend = dd + turn * (2.0 * ds + turn * ss) + 2.0 * miss_s;
  return within_unit(t + (miss_d + turn * miss_s) / (bend > 0.0 ? bend : 1.0));
}

/// Offset from a query to the point of an edge at t.
KORDON_INLINE Vec3 offset_on(const Curve& edge, double t, Vec3 q) {
  return t * edge.d + (t * (1.0 - t)) * edge.s - (q - edge.a);
}

KORDON_INLINE OnEdge nearest_on_edge(const Curve& edge, Vec3 q) {
  const double t = nearest_t(edge, CurveProducts(edge), q);
  const auto offset = offset_on(edge, t, q);
  return {length2(offset), t, offset};
}

/// Side of an edge on which a query lies, where the query's nearest point on the whole line is on this edge. For
/// queries up to `series_range_m` away.
///
/// Along an edge the way to the query is at right angles with it, and where the nearest point is a bend's vertex the
/// way lies between the perpendiculars of its two edges; so the products below are far from 0, save at a sharp bend.
struct Sides {
  Vec3 along, from, to;  ///< left-hand directions of the edge and at its ends

  KORDON_INLINE Sides(const Curve& curve, Vec3 left_from, Vec3 left_to)
      : along(cross(normal_at(curve.a + 0.5 * curve.d), curve.d)), from(left_from), to(left_to) {}
  Sides(const Edges& edges, Edge i, const Curve& curve) : Sides(curve, edges.left_at(i), edges.left_at(i + 1)) {}

  /// Positive: left; negative: right; 0: undecided (see `Edges::left`).
  [[nodiscard]] KORDON_INLINE double left_of(const OnEdge& on) const {
    const double by_edge = dot(on.offset, along);
    const double by_from = dot(on.offset, from);
    const double by_to = dot(on.offset, to);
    const double by_end = on.t == 1.0 ? by_to : by_edge;
    return -(on.t == 0.0 ? by_from : by_end);
  }
};

}  // namespace kordon::geo::edge_index
