#pragma once

#include <functional>

#include "geo/atlas/atlas.hpp"
#include "geo/edge_index/ball_tree.hpp"
#include "geo/edge_index/coverage.hpp"
#include "geo/edge_index/nearest.hpp"
#include "geo/edge_index/point_in_region.hpp"

namespace kordon::geo::edge_index {

/// Arrays and trees of an index.
struct IndexParts {
  Edges edges;
  /// One for each boundary class, then one for each coverage and one for all border sections, which hold the edges of
  /// many classes.
  std::vector<BallTree> trees;
  Junctions junctions;
  std::size_t regions = 0;
  std::size_t targets = 0;  ///< of the atlas
  std::vector<Coverage> coverages;
  /// By target, the trees that together hold its edges. After the atlas's targets come the coverages, then all border
  /// sections as one.
  std::vector<std::vector<std::uint32_t>> trees_of;
  std::vector<std::vector<Faces>> faces;  ///< by coverage and boundary class
  BallTree class_tree;                    ///< see `tree_of_classes`

  explicit IndexParts(const Atlas& atlas);
  /// From an image that `put` wrote, used in place; not to be used if the image is not good afterwards.
  explicit IndexParts(ImageReader& image);
  void put(ImageWriter& image) const;

  [[nodiscard]] Target coverage_target(std::size_t coverage) const { return static_cast<Target>(targets + coverage); }
  [[nodiscard]] Target all_borders() const { return coverage_target(coverages.size()); }
  [[nodiscard]] bool is_coverage(Target target) const { return target >= targets && target < all_borders(); }
  /// Faces of a target on both sides of a class's edges: a region itself or `no_target`; of a coverage one of its
  /// regions.
  [[nodiscard]] Faces faces_of(Target target, std::uint32_t boundary_class) const;

 private:
  using TreeOf = std::function<BallTree(const std::vector<std::uint32_t>& classes)>;
  void find_classes();
  void join_classes(const TreeOf& tree_of);
  void join(std::vector<std::uint32_t> classes, const TreeOf& tree_of);
};

}  // namespace kordon::geo::edge_index
