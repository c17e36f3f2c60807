#pragma once

#include "geo/atlas/atlas.hpp"
#include "geo/edge_index/ball_tree.hpp"
#include "geo/edge_index/edge_distance.hpp"
#include "geo/edge_index/point_in_region.hpp"

namespace kordon::geo::edge_index {

/// What an index is made of.
struct IndexParts {
  Edges edges;
  std::vector<BallTree> trees;  ///< by owner set
  Junctions junctions;
  std::vector<std::vector<std::uint32_t>> boundary_classes;  ///< of each target
  std::size_t regions;

  explicit IndexParts(const Atlas& atlas);
  /// From what `put` wrote, used in place; anything goes if the image is not good afterwards.
  explicit IndexParts(ImageReader& image);
  void put(ImageWriter& image) const;

 private:
  void find_boundary_classes(std::size_t targets);
};

}  // namespace kordon::geo::edge_index
