#pragma once

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

/// The edges of all arcs in blocks, with a ball around each.
struct Blocks {
  std::vector<Block> blocks;
  std::vector<Ball> balls;

  explicit Blocks(const Edges& edges);
};

/// The blocks of one target as a tree of balls: level 0 are blocks along a Z-curve, and each ball of a level holds
/// `fanout` balls of the one below.
class BallTree {
 public:
  static constexpr std::size_t fanout = 8;

  BallTree(const Edges& edges, const Blocks& blocks, Target target);

  [[nodiscard]] bool empty() const { return blocks_.empty(); }
  [[nodiscard]] std::size_t top() const { return levels_.size() - 1; }
  [[nodiscard]] std::span<const Ball> balls(std::size_t level) const { return levels_[level]; }
  [[nodiscard]] std::uint32_t block(std::size_t i) const { return blocks_[i]; }

 private:
  std::vector<std::uint32_t> blocks_;  ///< numbers in Blocks
  std::vector<std::vector<Ball>> levels_;
};

}  // namespace kordon::geo
