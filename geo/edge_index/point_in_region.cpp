#include "geo/edge_index/point_in_region.hpp"

#include <algorithm>
#include <numbers>
#include <tuple>

namespace kordon::geo::edge_index {
namespace {

/// Of the edges that meet at a vertex, the one met first when turning clockwise from the direction to the query.
class FirstEdgeClockwise {
 public:
  FirstEdgeClockwise(const Edges& edges, const FacesOfClass& faces_of, Vec3 vertex, Vec3 query)
      : edges_(edges), faces_of_(faces_of), vertex_(vertex), normal_(normal_at(vertex)) {
    const Vec3 w = query - vertex;
    ahead_ = w - (dot(w, normal_) / length2(normal_)) * normal_;
    left_ = cross(normal_, ahead_);
  }

  /// An edge that starts or ends at the vertex.
  void offer(Edge edge) {
    const auto faces = faces_of_(edges_.boundary_class(edge));
    if (faces.left == faces.right) return;
    const Vec3 chord = edges_.vertex(edge + 1) - edges_.vertex(edge);
    const bool starts = edges_.vertex(edge) == vertex_;
    const Vec3 out = starts ? chord + edges_.quadratic(edge) : edges_.quadratic(edge) - chord;
    double clockwise = -std::atan2(dot(out, left_) / length(normal_), dot(out, ahead_));
    if (clockwise < 0) clockwise += 2 * std::numbers::pi;
    if (clockwise >= angle_) return;
    angle_ = clockwise;
    // The query lies to the left of the edge seen outwards from the vertex.
    face_ = starts ? faces.left : faces.right;
  }

  [[nodiscard]] Target face() const { return face_; }

 private:
  const Edges& edges_;
  const FacesOfClass& faces_of_;
  Vec3 vertex_;
  Vec3 normal_;
  Vec3 ahead_;
  Vec3 left_;
  double angle_ = 10;
  Target face_ = no_target;
};

Vec3 tangent_at(const Edges& edges, Edge edge, double t) {
  return edges.vertex(edge + 1) - edges.vertex(edge) + (1 - 2 * t) * edges.quadratic(edge);
}

Target face_at_vertex(const Edges& edges, const Junctions& junctions, const FacesOfClass& faces_of, Vec3 query,
                      Edge vertex) {
  const auto at = edges.vertex(vertex);
  FirstEdgeClockwise first(edges, faces_of, at, query);
  if (edges.is_junction(vertex)) {
    for (const auto edge : junctions.at(vertex)) first.offer(edge);
  } else {
    first.offer(vertex - 1);
    first.offer(vertex);
  }
  return first.face();
}

bool is_left_of_edge(const Edges& edges, Vec3 query, Edge edge, double t) {
  const auto at = edges.at(edge, t);
  return dot(query - at, cross(normal_at(at), tangent_at(edges, edge, t))) > 0;
}

}  // namespace

Junctions::Junctions(const Edges& edges) {
  using Place = std::tuple<double, double, double>;
  const auto place_of = [&](Edge v) {
    const auto p = edges.vertex(v);
    return Place{p.x, p.y, p.z};
  };
  std::vector<std::pair<Place, Edge>> ends;
  std::vector<Edge> vertices;
  std::vector<std::uint32_t> first;
  std::vector<Edge> meeting;
  const auto add = [&](Edge vertex, Edge edge) {
    if (edges.is_junction(vertex)) ends.emplace_back(place_of(vertex), edge);
  };
  for (const auto& [begin, end] : edges.arcs) {
    for (auto i = begin; i < end; ++i) {
      add(i, i);
      add(i + 1, i);
    }
    for (auto i = begin; i <= end; ++i) {
      if (edges.is_junction(i)) vertices.push_back(i);
    }
  }
  std::ranges::sort(ends);
  for (const auto vertex : vertices) {
    first.push_back(static_cast<std::uint32_t>(meeting.size()));
    const auto same = std::ranges::equal_range(ends, place_of(vertex), {}, &std::pair<Place, Edge>::first);
    for (const auto& end : same) meeting.push_back(end.second);
  }
  first.push_back(static_cast<std::uint32_t>(meeting.size()));
  vertices_ = FixedArray<Edge>(std::move(vertices));
  first_ = FixedArray<std::uint32_t>(std::move(first));
  edges_ = FixedArray<Edge>(std::move(meeting));
}

Junctions::Junctions(ImageReader& image) {
  image.take(vertices_);
  image.take(first_);
  image.take(edges_);
}

void Junctions::put(ImageWriter& image) const {
  image.put(vertices_);
  image.put(first_);
  image.put(edges_);
}

std::span<const Edge> Junctions::at(Edge vertex) const {
  const auto i = static_cast<std::size_t>(std::ranges::lower_bound(vertices_.values(), vertex) - vertices_.begin());
  return edges_.values().subspan(first_[i], first_[i + 1] - first_[i]);
}

Target find_face(const Edges& edges, const Junctions& junctions, const FacesOfClass& faces_of, Vec3 query,
                 const Nearest& nearest) {
  const auto [distance_m, edge, t] = nearest;
  const auto face = [&](bool left) {
    const auto faces = faces_of(edges.boundary_class(edge));
    return left ? faces.left : faces.right;
  };
  if (distance_m <= series_range_m(edges.block_of(edge))) {
    const auto curve = edges.curve(edge);
    const double left = Sides(edges, edge, curve).left_of(nearest_on_edge(curve, query));
    if (left != 0) return face(left > 0);
  }
  if (t > 0 && t < 1) return face(is_left_of_edge(edges, query, edge, t));
  return face_at_vertex(edges, junctions, faces_of, query, edge + (t == 1 ? 1 : 0));
}

}  // namespace kordon::geo::edge_index
