#pragma once

#include <functional>
#include <span>
#include <vector>

#include "geo/edge_index/coverage.hpp"
#include "geo/edge_index/nearest.hpp"

namespace kordon::geo::edge_index {

using geo::on_line_m;

/// Edges that meet at each junction, for `find_face` where a nearest point is a vertex.
class Junctions {
 public:
  explicit Junctions(const Edges& edges);
  explicit Junctions(ImageReader& image);
  void put(ImageWriter& image) const;
  /// Whether every junction of these edges is in it, and every number in it is of an edge; see index_check.hpp.
  [[nodiscard]] bool is_whole(const Edges& edges) const;

  /// The edges that start or end at a vertex where `edges.is_junction(vertex)`, ascending.
  [[nodiscard]] std::span<const Edge> at(Edge vertex) const;

 private:
  FixedArray<Edge> vertices_;        ///< ascending
  FixedArray<std::uint32_t> first_;  ///< of each vertex in `edges_`, and the end
  FixedArray<Edge> edges_;
};

/// Faces to the left and right of a boundary class's edges.
using FacesOfClass = std::function<Faces(std::uint32_t boundary_class)>;

/// The face that a query lies in, from the nearest of some edges: none of them lies between the two, so that the side
/// of the edge there decides, and at a vertex the first edge met when turning from the query's direction.
Target find_face(const Edges& edges, const Junctions& junctions, const FacesOfClass& faces_of, Vec3 query,
                 const Nearest& nearest);

}  // namespace kordon::geo::edge_index
