#pragma once

#include <span>
#include <vector>

#include "geo/edge_index/index_parts.hpp"
#include "geo/edge_index/way.hpp"

namespace kordon::geo::edge_index {

/// Continuous nearest-edge query: for all places of a disc, the few edges that can be nearest to one of them.
///
/// With d the distance of a target from the disc's centre and r its radius, no edge farther than d + 2 r from the
/// centre is nearest to any place of the disc. So the tree is searched once, and each place of the disc looks at a
/// handful of edges: the ends of a line's crossings and the corners of a polygon's cells are found so.
class NearbyEdges {
 public:
  /// `targets`: border sections after the regions whose boundaries they are part of, as in an atlas.
  NearbyEdges(const IndexParts& index, std::span<const Target> targets);

  /// Collects the edges for all places within `radius_m` of the centre, both in metres along the surface. False, and
  /// nothing is kept, where they are more than `max_edges`, or so far away that chords do not tell which is nearest.
  bool collect(LonLat centre, double radius_m);
  /// Drops the collected edges.
  void clear() { ready_ = false; }

  /// Whether all that can be nearest to this place is collected.
  [[nodiscard]] bool covers(LonLat place) const;
  [[nodiscard]] double radius_m() const { return radius_m_; }
  [[nodiscard]] std::size_t size() const { return edges_.size(); }

  /// `Standing::margin_m` of each target at a place, bit-identical to `Index::locate`, which it asks where the place is
  /// not covered; but nearer than 1 mm to a line it still tells the side.
  void signed_m(LonLat place, std::span<double> out);

  /// Bounds of `signed_m` of each target all along a short way between two places, geodesic or straight in degrees.
  /// False where the way is not covered.
  bool bound_m(LonLat from, LonLat to, std::span<Bounds> out);

  /// Of the last place: the edge that is nearest to it of each target; `no_edge` where it has no line.
  [[nodiscard]] std::span<const Edge> nearest_edges() const { return found_; }

  static constexpr std::size_t max_edges = 96;

 private:
  struct TreeEdges {
    std::uint32_t number;      ///< of the tree, in IndexParts
    std::uint32_t begin, end;  ///< in `edges_`
  };
  struct Candidate {
    Edge edge;
    bool last;
    Curve curve;
  };

  bool collect_tree(TreeEdges& tree, Vec3 centre, double within_m);
  [[nodiscard]] Nearest nearest_of(const TreeEdges& tree, Vec3 place) const;
  [[nodiscard]] Bounds distance_m(const TreeEdges& tree, const Way& way) const;
  [[nodiscard]] double signed_distance_m(Target target, Vec3 place, const Nearest& found) const;

  const IndexParts& index_;
  std::vector<Target> targets_;
  std::vector<std::vector<std::uint32_t>> trees_of_;  ///< of each target: in `trees_`
  std::vector<TreeEdges> trees_;
  std::vector<Candidate> edges_;
  std::vector<Edge> hints_;       ///< of each target: the edge that was nearest where the tree was searched last
  std::vector<Edge> found_;       ///< of each target: the edge that is nearest to the place in hand
  std::vector<Nearest> nearest_;  ///< of each tree, of the place in hand
  std::vector<Bounds> bounds_;    ///< of each tree, of the way in hand
  std::vector<double> begin_m_;   ///< of each target, where it begins
  Vec3 centre_;
  double radius_m_ = 0;
  bool ready_ = false;
};

}  // namespace kordon::geo::edge_index
