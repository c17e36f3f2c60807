#include "geo/blocks.hpp"

#include <algorithm>
#include <limits>

#include "geo/z_order.hpp"

namespace kordon::geo {
namespace {

/// What rounding a coordinate of the Earth to float can move it by, and then some.
constexpr double rounding_m = 1.0;

struct Box {
  Vec3 low{1e9, 1e9, 1e9};
  Vec3 high{-1e9, -1e9, -1e9};

  void add(Vec3 p) {
    low = {std::min(low.x, p.x), std::min(low.y, p.y), std::min(low.z, p.z)};
    high = {std::max(high.x, p.x), std::max(high.y, p.y), std::max(high.z, p.z)};
  }
  [[nodiscard]] Vec3 centre() const { return 0.5 * (low + high); }
};

Ball make_ball(Vec3 centre, double radius_m) {
  return {static_cast<float>(centre.x), static_cast<float>(centre.y), static_cast<float>(centre.z),
          static_cast<float>(radius_m + rounding_m)};
}

Ball ball_of_edges(const Edges& edges, Block block) {
  Box box;
  for (auto i = block.first; i <= block.first + block.count; ++i) box.add(edges.vertex(i));
  const auto centre = box.centre();
  double radius_m = 0;
  double bulge_m = 0;
  for (auto i = block.first; i <= block.first + block.count; ++i) {
    radius_m = std::max(radius_m, length(edges.vertex(i) - centre));
    if (i < block.first + block.count) bulge_m = std::max(bulge_m, length(edges.bulge(i)) / 4);
  }
  return make_ball(centre, radius_m + bulge_m);
}

Ball ball_of_balls(std::span<const Ball> balls) {
  Box box;
  for (const auto& ball : balls) box.add({ball.x, ball.y, ball.z});
  const auto centre = box.centre();
  double radius_m = 0;
  for (const auto& ball : balls) radius_m = std::max(radius_m, ball.distance_m(centre) + double{ball.radius_m});
  return make_ball(centre, radius_m);
}

}  // namespace

BallTree::BallTree(const Edges& edges, std::vector<Block> blocks) {
  std::ranges::sort(blocks, {}, [&](Block block) { return std::pair{z_key(edges.place[block.first]), block.first}; });
  std::vector<Ball> balls;
  std::vector<std::uint32_t> levels{0};
  for (const auto block : blocks) balls.push_back(ball_of_edges(edges, block));
  while (true) {
    const std::size_t begin = levels.back();
    const auto end = balls.size();
    levels.push_back(static_cast<std::uint32_t>(end));
    if (end - begin <= fanout) break;
    for (auto i = begin; i < end; i += fanout) {
      balls.push_back(ball_of_balls(std::span(balls).subspan(i, std::min(fanout, end - i))));
    }
  }
  blocks_ = Frozen<Block>(std::move(blocks));
  balls_ = Frozen<Ball>(std::move(balls));
  levels_ = Frozen<std::uint32_t>(std::move(levels));
}

BallTree::BallTree(ImageReader& image) {
  image.take(blocks_);
  image.take(balls_);
  image.take(levels_);
}

void BallTree::put(ImageWriter& image) const {
  image.put(blocks_);
  image.put(balls_);
  image.put(levels_);
}

std::vector<BallTree> plant(const Edges& edges) {
  std::vector<std::vector<Block>> blocks(edges.owners.size());
  for (const auto& [begin, end] : edges.arcs) {
    auto& mine = blocks[edges.owner_set(begin)];
    for (auto i = begin; i < end; i += block_size) mine.push_back({i, std::min<Edge>(block_size, end - i)});
  }
  std::vector<BallTree> trees;
  trees.reserve(blocks.size());
  for (auto& mine : blocks) trees.emplace_back(edges, std::move(mine));
  return trees;
}

}  // namespace kordon::geo
