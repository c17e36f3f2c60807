#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "geo/atlas.hpp"
#include "geo/ecef.hpp"

namespace kordon::geo {

using Edge = std::uint32_t;

/// What an edge belongs to, as seen along its direction.
struct Owners {
  std::vector<Target> left;     ///< regions
  std::vector<Target> right;    ///< regions
  std::vector<Target> borders;  ///< border sections

  [[nodiscard]] bool has(Target target) const;
};

/// Every edge of the atlas once, as curves in space.
///
/// Edge i runs from vertex i to vertex i + 1, unless i is the last vertex of its arc. A straight line in longitude and
/// latitude is the curve P(t) = A + t D + t (1 - t) S, D = B - A, with the bulge S fitted to its middle; edges are cut
/// into equal parts of t until this is true to `curve_error_m`.
struct Edges {
  std::vector<double> x, y, z;     ///< vertices, ECEF metres
  std::vector<LonLat> place;       ///< vertices, degrees
  std::vector<float> sx, sy, sz;   ///< bulge of edge i
  std::vector<std::uint32_t> tag;  ///< of vertex i: number of the owners, and the flags below
  std::vector<Owners> owners;
  std::vector<std::pair<Edge, Edge>> arcs;  ///< first edge of each arc and the one after its last

  /// More or fewer than two edges meet at the vertex, or they are not i - 1 and i.
  static constexpr std::uint32_t junction = 0x80000000;
  static constexpr std::uint32_t owner_mask = 0x7FFFFFFF;

  explicit Edges(const Atlas& atlas);

  [[nodiscard]] Vec3 vertex(Edge i) const { return {x[i], y[i], z[i]}; }
  [[nodiscard]] Vec3 bulge(Edge i) const { return {sx[i], sy[i], sz[i]}; }
  [[nodiscard]] const Owners& owners_of(Edge i) const { return owners[tag[i] & owner_mask]; }
  [[nodiscard]] bool is_junction(Edge vertex) const { return (tag[vertex] & junction) != 0; }
  [[nodiscard]] Vec3 at(Edge i, double t) const {
    return vertex(i) + t * (vertex(i + 1) - vertex(i)) + (t * (1 - t)) * bulge(i);
  }
  /// The same point in degrees: exact, since edges are straight there.
  [[nodiscard]] LonLat place_at(Edge i, double t) const;
};

inline constexpr double curve_error_m = 2e-4;

/// The nearest point of an edge in space.
struct OnEdge {
  double chord2_m2;  ///< square of the straight distance through the Earth
  double t;          ///< in [0, 1]
};

/// One projection on D and one Newton step on the curve; the step makes |P - q| right to the square of what the
/// projection misses, which is nanometres for edges of `curve_error_m`.
inline OnEdge nearest_on_edge(const Edges& edges, Edge i, Vec3 q) {
  const Vec3 a = edges.vertex(i);
  const Vec3 d = edges.vertex(i + 1) - a;
  const Vec3 s = edges.bulge(i);
  const Vec3 w = q - a;
  const auto clamp = [](double t) { return std::clamp(t, 0.0, 1.0); };
  const double t0 = clamp(dot(w, d) / length2(d));
  const Vec3 miss = w - t0 * d - (t0 * (1 - t0)) * s;
  const Vec3 tangent = d + (1 - 2 * t0) * s;
  const double slope = length2(tangent) + 2 * dot(miss, s);
  const double step = slope > 0 ? dot(miss, tangent) / slope : 0.0;
  const double t = clamp(t0 + step);
  return {length2(w - t * d - (t * (1 - t)) * s), t};
}

}  // namespace kordon::geo
