#include "geo/side.hpp"

#include <algorithm>
#include <numbers>

#include "geo/search.hpp"

namespace kordon::geo {
namespace {

bool contains(const std::vector<Target>& targets, Target target) {
  return std::ranges::find(targets, target) != targets.end();
}

/// Of the edges that meet at a vertex, the one met first when turning clockwise from the direction to the query.
class FirstEdgeClockwise {
 public:
  FirstEdgeClockwise(const Edges& edges, Target region, Vec3 vertex, Vec3 query)
      : edges_(edges), region_(region), vertex_(vertex), normal_(normal_at(vertex)) {
    const Vec3 w = query - vertex;
    ahead_ = w - (dot(w, normal_) / length2(normal_)) * normal_;
    left_ = cross(normal_, ahead_);
  }

  /// An edge that starts or ends at the vertex.
  void offer(Edge edge) {
    const auto& owners = edges_.owners_of(edge);
    const bool region_left = contains(owners.left, region_);
    if (region_left == contains(owners.right, region_)) return;
    const Vec3 chord = edges_.vertex(edge + 1) - edges_.vertex(edge);
    const bool starts = edges_.vertex(edge) == vertex_;
    const Vec3 out = starts ? chord + edges_.bulge(edge) : edges_.bulge(edge) - chord;
    double clockwise = -std::atan2(dot(out, left_) / length(normal_), dot(out, ahead_));
    if (clockwise < 0) clockwise += 2 * std::numbers::pi;
    if (clockwise >= angle_) return;
    angle_ = clockwise;
    // The query lies to the left of the edge seen outwards from the vertex.
    inside_ = starts ? region_left : !region_left;
  }

  [[nodiscard]] bool inside() const { return inside_; }

 private:
  const Edges& edges_;
  Target region_;
  Vec3 vertex_;
  Vec3 normal_;
  Vec3 ahead_;
  Vec3 left_;
  double angle_ = 10;
  bool inside_ = false;
};

bool inside_at_vertex(const Edges& edges, const BallTree& tree, const Blocks& blocks, Target region, const Query& query,
                      Edge vertex) {
  const auto at = edges.vertex(vertex);
  FirstEdgeClockwise first(edges, region, at, query.p);
  if (!edges.is_junction(vertex)) {
    first.offer(vertex - 1);
    first.offer(vertex);
    return first.inside();
  }
  visit_near(
      tree, [&](const Ball& ball) { return ball.distance_m(at) - double{ball.radius_m}; }, [] { return 0.0; },
      [&](std::uint32_t b) {
        const auto block = blocks.blocks[b];
        for (auto i = block.first; i < block.first + block.count; ++i) {
          if (edges.vertex(i) == at || edges.vertex(i + 1) == at) first.offer(i);
        }
      });
  return first.inside();
}

bool inside_along_edge(const Edges& edges, Target region, const Query& query, const Nearest& nearest) {
  const auto at = edges.at(nearest.edge, nearest.t);
  const Vec3 tangent =
      edges.vertex(nearest.edge + 1) - edges.vertex(nearest.edge) + (1 - 2 * nearest.t) * edges.bulge(nearest.edge);
  const bool left = dot(query.p - at, cross(normal_at(at), tangent)) > 0;
  return left == contains(edges.owners_of(nearest.edge).left, region);
}

}  // namespace

Side side_of(const Edges& edges, const BallTree& tree, const Blocks& blocks, Target region, const Query& query,
             const Nearest& nearest) {
  if (nearest.distance_m < on_line_m) return Side::on_line;
  bool inside = false;
  if (nearest.t > 0 && nearest.t < 1) {
    inside = inside_along_edge(edges, region, query, nearest);
  } else {
    inside = inside_at_vertex(edges, tree, blocks, region, query, nearest.edge + (nearest.t == 1 ? 1 : 0));
  }
  return inside ? Side::inside : Side::outside;
}

}  // namespace kordon::geo
