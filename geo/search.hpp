#pragma once

#include <algorithm>
#include <array>

#include "geo/blocks.hpp"
#include "geo/lanes.hpp"

namespace kordon::geo {

static_assert(BallTree::fanout == lane_count);

/// Visits the blocks of a tree whose distance can be below `limit_m()`, nearest balls first at each level.
/// `at_least_m(balls, lanes)` gives lower bounds of the distances to everything in each of up to eight balls;
/// `visit(block)` may lower the limit. No allocation: the tree is at most 16 levels deep.
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
    const auto all = tree.balls(level);
    const auto balls = all.subspan(begin, std::min(BallTree::fanout, all.size() - begin));
    Lanes near_m;
    at_least_m(balls, near_m);
    const auto bottom = size;
    const double limit = limit_m();
    for (std::size_t i = 0; i < balls.size(); ++i) {
      if (near_m[i] > limit) continue;
      auto at = size++;
      for (; at > bottom && stack[at - 1].near_m < near_m[i]; --at) stack[at] = stack[at - 1];
      stack[at] = {near_m[i], static_cast<std::uint32_t>(level), static_cast<std::uint32_t>(begin + i)};
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
