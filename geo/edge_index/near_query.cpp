#include "geo/edge_index/near_query.hpp"

#include <algorithm>
#include <numeric>

#include "geo/edge_index/best_first.hpp"
#include "geo/edge_index/block_kernels.hpp"

namespace kordon::geo::edge_index {
namespace {

/// Around the top balls of a class's tree.
Ball ball_of_class(const BallTree& tree) {
  const auto& balls = tree.held_by(tree.levels() - 1, 0);
  Vec3 sum;
  double count = 0;
  for (std::size_t i = 0; i < lane_count; ++i) {
    if (!balls.has(i)) continue;
    sum = sum + balls[i].centre;
    ++count;
  }
  Ball around{(1 / count) * sum, 0};
  for (std::size_t i = 0; i < lane_count; ++i) {
    if (!balls.has(i)) continue;
    around.radius_m = std::max(around.radius_m, length(balls[i].centre - around.centre) + balls[i].radius_m);
  }
  return around;
}

bool is_nearer(const NearQuery::Found& a, const NearQuery::Found& b) {
  return std::pair(a.nearest.distance_m, a.target) < std::pair(b.nearest.distance_m, b.target);
}

}  // namespace

BallTree tree_of_classes(const IndexParts& index) {
  std::vector<Ball> balls;
  for (std::size_t i = 0; i < index.edges.classes.size(); ++i) balls.push_back(ball_of_class(index.trees[i]));
  return BallTree(balls);
}

const std::vector<NearQuery::Found>& NearQuery::find(bool regions, double within_m, std::size_t most,
                                                     const std::function<bool(Target)>& wanted) {
  found_.clear();
  measured_.clear();
  limit_m_ = within_m;
  if (most == 0 || index_.edges.classes.empty()) return found_;
  const auto look_at = [&](std::uint32_t number) {
    const auto& [left, right, borders] = index_.edges.classes[number];
    const auto each = [&](const std::vector<Target>& targets) {
      for (const auto target : targets) {
        if (wanted(target)) measure(target, most);
      }
    };
    if (!regions) return each(borders);
    each(left);
    each(right);
  };
  // A straight line is no longer than the way over the ground.
  visit_best_first(
      index_.class_tree, [&](const Balls& balls, Ranked& ranked) { rank_by_chord(balls, query_.query().p, ranked); },
      [&] { return limit_m_; }, look_at);
  std::ranges::sort(found_, {}, &Found::target);
  return found_;
}

void NearQuery::measure(Target target, std::size_t most) {
  if (std::ranges::find(measured_, target) != measured_.end()) return;
  measured_.push_back(target);
  const Found found{target, query_.find_nearest(target)};
  if (found.nearest.distance_m > limit_m_) return;
  found_.insert(std::ranges::upper_bound(found_, found, is_nearer), found);
  if (found_.size() > most) found_.pop_back();
  if (found_.size() == most) limit_m_ = std::min(limit_m_, found_.back().nearest.distance_m);
}

}  // namespace kordon::geo::edge_index
