#include "geo/blocks.hpp"

#include <algorithm>
#include <limits>

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

Ball ball_of(const Edges& edges, std::span<const Block> blocks) {
  Box box;
  double bulge_m = 0;
  for (const auto [first, count] : blocks) {
    for (auto i = first; i <= first + count; ++i) box.add(edges.vertex(i));
    for (auto i = first; i < first + count; ++i) bulge_m = std::max(bulge_m, length(edges.bulge(i)) / 4);
  }
  const auto centre = box.centre();
  double radius2_m2 = 0;
  for (const auto [first, count] : blocks) {
    for (auto i = first; i <= first + count; ++i) radius2_m2 = std::max(radius2_m2, length2(edges.vertex(i) - centre));
  }
  return {static_cast<float>(centre.x), static_cast<float>(centre.y), static_cast<float>(centre.z),
          static_cast<float>(std::sqrt(radius2_m2) + bulge_m + rounding_m)};
}

/// Halves at the median of the longest side, again and again, so that neighbours share balls on every level: pieces are
/// of whole balls, but for the last one.
class Halving {
 public:
  explicit Halving(const Edges& edges) : edges_(edges) {}

  void order(std::span<Block> blocks) const {
    std::size_t whole = 1;
    while (whole * BallTree::fanout < blocks.size()) whole *= BallTree::fanout;
    halve(blocks, whole);
  }

 private:
  void halve(std::span<Block> blocks, std::size_t whole) const {
    if (blocks.size() <= 1) return;
    while (blocks.size() <= whole) whole /= BallTree::fanout;
    const auto pieces = (blocks.size() + whole - 1) / whole;
    const auto half = (pieces + 1) / 2 * whole;
    const auto axis = longest_side(blocks);
    std::ranges::nth_element(blocks, blocks.begin() + static_cast<std::ptrdiff_t>(half), {},
                             [&](Block block) { return std::pair{edges_.vertex(block.first).*axis, block.first}; });
    halve(blocks.first(half), whole);
    halve(blocks.subspan(half), whole);
  }

  [[nodiscard]] double Vec3::* longest_side(std::span<const Block> blocks) const {
    Box box;
    for (const auto block : blocks) box.add(edges_.vertex(block.first));
    const auto size = box.high - box.low;
    if (size.x >= size.y && size.x >= size.z) return &Vec3::x;
    return size.y >= size.z ? &Vec3::y : &Vec3::z;
  }

  const Edges& edges_;
};

}  // namespace

BallTree::BallTree(const Edges& edges, std::vector<Block> blocks) {
  Halving(edges).order(blocks);
  std::vector<Ball> balls;
  std::vector<std::uint32_t> levels{0};
  for (std::size_t of_each = 1; levels.size() < 2 || levels.end()[-1] - levels.end()[-2] > fanout; of_each *= fanout) {
    for (auto rest = std::span<const Block>(blocks); !rest.empty();) {
      const auto count = std::min(of_each, rest.size());
      balls.push_back(ball_of(edges, rest.first(count)));
      rest = rest.subspan(count);
    }
    levels.push_back(static_cast<std::uint32_t>(balls.size()));
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
