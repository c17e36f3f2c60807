#pragma once

#include "geo/blocks.hpp"
#include "geo/index.hpp"
#include "geo/nearest.hpp"
#include "geo/side.hpp"

namespace kordon::geo {

/// What an index is made of.
struct IndexParts {
  Edges edges;
  std::vector<BallTree> trees;  ///< by owner set
  Junctions junctions;
  std::vector<std::vector<std::uint32_t>> owner_sets;  ///< of each target
  std::size_t regions;

  explicit IndexParts(const Atlas& atlas);
  /// From what `put` wrote, used in place; anything goes if the image is not good afterwards.
  explicit IndexParts(ImageReader& image);
  void put(ImageWriter& image) const;

 private:
  void find_owner_sets(std::size_t targets);
};

}  // namespace kordon::geo
