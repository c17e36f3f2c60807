#pragma once

#include <array>
#include <limits>
#include <span>
#include <vector>

#include "geo/edge_index/edges.hpp"

namespace kordon::geo::edge_index {

/// A ball in space, around edges or around positions.
struct Ball {
  Vec3 centre;
  double radius_m;
};

/// Eight balls side by side, for lanes. Missing ones have a radius of minus infinity, so that everything in them is
/// infinitely far.
struct alignas(64) Balls {
  std::array<double, lane_count> x, y, z, radius_m;

  static constexpr Balls nowhere() {
    Balls balls{};
    balls.radius_m.fill(-std::numeric_limits<double>::infinity());
    return balls;
  }
  [[nodiscard]] Ball operator[](std::size_t i) const { return {{x[i], y[i], z[i]}, radius_m[i]}; }
  void set(std::size_t i, const Ball& ball) {
    x[i] = ball.centre.x, y[i] = ball.centre.y, z[i] = ball.centre.z, radius_m[i] = ball.radius_m;
  }
  [[nodiscard]] bool has(std::size_t i) const { return radius_m[i] >= 0; }
};

/// Number of a block in Edges::blocks.
using BlockNumber = std::uint32_t;

/// Ball tree of the edges of one boundary class, or of several: level 0 are blocks, and each ball of a level holds
/// `fanout` of the one below: ball n those from fanout * n on. The top level has no more than `fanout`.
class BallTree {
 public:
  static constexpr std::size_t fanout = lane_count;

  BallTree() = default;
  BallTree(const Edges& edges, std::vector<BlockNumber> blocks);
  /// A tree of other things than blocks: `block` gives their numbers.
  explicit BallTree(std::span<const Ball> balls);
  explicit BallTree(ImageReader& image);
  void put(ImageWriter& image) const;
  /// Whether every number in it is of a block of these classes, ascending, or of a ball; see index_check.hpp.
  [[nodiscard]] bool is_whole(const Edges& edges, std::span<const std::uint32_t> classes) const;

  [[nodiscard]] std::uint32_t levels() const { return static_cast<std::uint32_t>(levels_.size()); }
  /// The balls of a level that one ball of the level above holds; all of the top level, for ball 0.
  [[nodiscard]] const Balls& held_by(std::uint32_t level, std::uint32_t above) const {
    return balls_[levels_[level] + above];
  }
  [[nodiscard]] Ball ball(std::uint32_t level, std::uint32_t number) const {
    return held_by(level, number / fanout)[number % fanout];
  }
  [[nodiscard]] BlockNumber block(std::size_t i) const { return blocks_[i]; }

 private:
  template <typename Source>
  void build(const Source& source, std::vector<BlockNumber> blocks);

  FixedArray<BlockNumber> blocks_;
  FixedArray<Balls> balls_;           ///< level by level
  FixedArray<std::uint32_t> levels_;  ///< the first of each level
};

/// Builds a tree for each boundary class, none empty.
std::vector<BallTree> build_trees(const Edges& edges);

/// One tree of the edges of some boundary classes, at least one.
BallTree build_tree(const Edges& edges, const std::vector<std::uint32_t>& classes);

}  // namespace kordon::geo::edge_index
