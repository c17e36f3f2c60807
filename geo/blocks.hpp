#pragma once

#include <algorithm>
#include <ranges>
#include <span>
#include <vector>

#include "geo/edges.hpp"

namespace kordon::geo {

/// A ball in space that holds something, single precision, rounded outwards.
struct Ball {
  float x, y, z;
  float radius_m;

  [[nodiscard]] double distance_m(Vec3 q) const { return length(q - Vec3{x, y, z}); }
};

/// Up to `block_size` consecutive edges of one arc.
struct Block {
  Edge first;
  std::uint32_t count;
};

inline constexpr std::uint32_t block_size = 8;

/// The edges of one owner set as a tree of balls: level 0 are blocks along a Z-curve, and each ball of a level holds
/// `fanout` balls of the one below.
class BallTree {
 public:
  static constexpr std::size_t fanout = 8;

  BallTree(const Edges& edges, std::vector<Block> blocks);
  explicit BallTree(ImageReader& image);
  void put(ImageWriter& image) const;

  [[nodiscard]] std::size_t top() const { return levels_.size() - 2; }
  [[nodiscard]] std::span<const Ball> balls(std::size_t level) const {
    return balls_.values().subspan(levels_[level], levels_[level + 1] - levels_[level]);
  }
  /// Numbers of the balls of the level below that a ball holds, and that level.
  [[nodiscard]] auto children(std::uint32_t level, std::uint32_t number) const {
    struct Children {
      std::uint32_t level;
      std::ranges::iota_view<std::uint32_t, std::uint32_t> numbers;
    };
    const auto first = number * static_cast<std::uint32_t>(fanout);
    const auto count = levels_[level] - levels_[level - 1];
    return Children{level - 1, {first, std::min(first + static_cast<std::uint32_t>(fanout), count)}};
  }
  [[nodiscard]] Block block(std::size_t i) const { return blocks_[i]; }
  [[nodiscard]] std::span<const Block> blocks() const { return blocks_.values(); }

 private:
  Frozen<Block> blocks_;
  Frozen<Ball> balls_;            ///< level by level
  Frozen<std::uint32_t> levels_;  ///< first ball of each level, and the end
};

/// All edges: a tree for each owner set, none empty.
std::vector<BallTree> plant(const Edges& edges);

}  // namespace kordon::geo
