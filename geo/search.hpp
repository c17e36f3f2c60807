#pragma once

#include <algorithm>
#include <array>

#include "geo/blocks.hpp"

namespace kordon::geo {

/// Visits the blocks of a tree whose distance can be below `limit_m()`, nearest balls first at each level.
/// `at_least_m(ball)` is a lower bound of the distance to everything in a ball; `visit(block)` may lower the limit. No
/// allocation: the tree is at most 16 levels deep.
template <typename Bound, typename Limit, typename Visit>
void visit_near(const BallTree& tree, Bound&& at_least_m, Limit&& limit_m, Visit&& visit) {
  struct Entry {
    double near_m;
    std::uint32_t level;
    std::uint32_t index;
  };
  std::array<Entry, 16 * BallTree::fanout> stack;
  std::size_t size = 0;
  const auto push = [&](std::size_t level, std::size_t begin) {
    const auto balls = tree.balls(level);
    const auto end = std::min(begin + BallTree::fanout, balls.size());
    const auto bottom = size;
    for (auto i = begin; i < end; ++i) {
      const double near_m = at_least_m(balls[i]);
      if (near_m > limit_m()) continue;
      auto at = size++;
      for (; at > bottom && stack[at - 1].near_m < near_m; --at) stack[at] = stack[at - 1];
      stack[at] = {near_m, static_cast<std::uint32_t>(level), static_cast<std::uint32_t>(i)};
    }
  };
  push(tree.top(), 0);
  while (size > 0) {
    const auto entry = stack[--size];
    if (entry.near_m > limit_m()) continue;
    if (entry.level == 0) {
      visit(tree.block(entry.index));
    } else {
      push(entry.level - 1, std::size_t{entry.index} * BallTree::fanout);
    }
  }
}

}  // namespace kordon::geo
