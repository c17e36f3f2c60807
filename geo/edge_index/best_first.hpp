#pragma once

#include <algorithm>
#include <array>
#include <limits>

#include "geo/edge_index/ball_tree.hpp"
#include "geo/simd/lanes.hpp"

namespace kordon::geo::edge_index {

/// Visits the blocks of a tree whose distance can be below `limit_m()`, the nearest balls first at each level.
/// `rank(balls, ranked)` ranks eight balls by lower bounds of the distances to everything in them; `visit(block)` may
/// lower the limit. No allocation: the tree is at most 16 levels deep.
template <typename Rank, typename Limit, typename Visit>
void visit_best_first(const BallTree& tree, Rank&& rank, Limit&& limit_m, Visit&& visit) {
  struct Held {
    Ranked balls;
    std::uint32_t above;
    std::uint32_t next;
  };
  std::array<Held, 16> path;
  auto level = tree.levels();
  const auto enter = [&](std::uint32_t above) {
    auto& held = path[--level];
    rank(tree.held_by(level, above), held.balls);
    held.above = above;
    held.next = 0;
  };
  enter(0);
  while (level < tree.levels()) {
    auto& held = path[level];
    // Balls that are not there are infinitely far.
    const double limit = std::min(limit_m(), std::numeric_limits<double>::max());
    if (held.next == BallTree::fanout || held.balls.at_least(held.next) > limit) {
      ++level;
      continue;
    }
    const auto number = held.above * static_cast<std::uint32_t>(BallTree::fanout) + held.balls.lane(held.next++);
    if (level == 0) {
      visit(tree.block(number));
    } else {
      enter(number);
    }
  }
}

}  // namespace kordon::geo::edge_index
