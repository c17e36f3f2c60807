#include "geo/edge_index/ball_tree.hpp"

#include <algorithm>
#include <numeric>

namespace kordon::geo::edge_index {
namespace {

/// More than rounding can make a radius too small, or a bound of it too large: see `Ranked`.
constexpr double rounding_m = 1e-3;

struct Box {
  Vec3 low{1e9, 1e9, 1e9};
  Vec3 high{-1e9, -1e9, -1e9};

  void add(Vec3 p) {
    low = {std::min(low.x, p.x), std::min(low.y, p.y), std::min(low.z, p.z)};
    high = {std::max(high.x, p.x), std::max(high.y, p.y), std::max(high.z, p.z)};
  }
  [[nodiscard]] Vec3 centre() const { return 0.5 * (low + high); }
};

/// Blocks of edges.
struct OfBlocks {
  const Edges& edges;

  [[nodiscard]] Vec3 middle_of(BlockNumber block) const { return edges.vertex(block * EdgeBlock::size); }

  [[nodiscard]] Ball ball_of(std::span<const BlockNumber> blocks) const {
    const auto each_vertex = [&](auto&& visit) {
      for (const auto number : blocks) {
        const auto& block = edges.blocks[number];
        for (std::size_t i = 0; i <= block.count; ++i) visit(Vec3{block.x[i], block.y[i], block.z[i]});
      }
    };
    Box box;
    each_vertex([&](Vec3 p) { box.add(p); });
    const auto centre = box.centre();
    double radius2_m2 = 0;
    each_vertex([&](Vec3 p) { radius2_m2 = std::max(radius2_m2, length2(p - centre)); });
    double sagitta_m = 0;
    for (const auto number : blocks) {
      const auto first = number * EdgeBlock::size;
      for (auto i = first; i < first + edges.blocks[number].count; ++i) {
        sagitta_m = std::max(sagitta_m, length(edges.quadratic(i)) / 4);
      }
    }
    return {centre, std::sqrt(radius2_m2) + sagitta_m + rounding_m};
  }
};

/// Whatever balls stand for.
struct OfBalls {
  std::span<const Ball> balls;

  [[nodiscard]] Vec3 middle_of(BlockNumber number) const { return balls[number].centre; }

  [[nodiscard]] Ball ball_of(std::span<const BlockNumber> numbers) const {
    Box box;
    for (const auto number : numbers) box.add(balls[number].centre);
    Ball around{box.centre(), 0};
    for (const auto number : numbers) {
      const auto& ball = balls[number];
      around.radius_m = std::max(around.radius_m, length(ball.centre - around.centre) + ball.radius_m);
    }
    return {around.centre, around.radius_m + rounding_m};
  }
};

/// Halves at the median of the longest side, again and again, so that neighbours share balls on every level: pieces are
/// of whole balls, except the last one.
template <typename Source>
class Halving {
 public:
  explicit Halving(const Source& source) : source_(source) {}

  void order(std::span<BlockNumber> blocks) const {
    std::size_t whole = 1;
    while (whole * BallTree::fanout < blocks.size()) whole *= BallTree::fanout;
    halve(blocks, whole);
  }

 private:
  void halve(std::span<BlockNumber> blocks, std::size_t whole) const {
    if (blocks.size() <= 1) return;
    while (blocks.size() <= whole) whole /= BallTree::fanout;
    const auto pieces = (blocks.size() + whole - 1) / whole;
    const auto half = (pieces + 1) / 2 * whole;
    const auto axis = longest_side(blocks);
    std::ranges::nth_element(blocks, blocks.begin() + static_cast<std::ptrdiff_t>(half), {},
                             [&](BlockNumber block) { return std::pair{source_.middle_of(block).*axis, block}; });
    halve(blocks.first(half), whole);
    halve(blocks.subspan(half), whole);
  }

  [[nodiscard]] double Vec3::* longest_side(std::span<const BlockNumber> blocks) const {
    Box box;
    for (const auto block : blocks) box.add(source_.middle_of(block));
    const auto size = box.high - box.low;
    if (size.x >= size.y && size.x >= size.z) return &Vec3::x;
    return size.y >= size.z ? &Vec3::y : &Vec3::z;
  }

  const Source& source_;
};

}  // namespace

BallTree::BallTree(const Edges& edges, std::vector<BlockNumber> blocks) { build(OfBlocks{edges}, std::move(blocks)); }

BallTree::BallTree(std::span<const Ball> balls) {
  std::vector<BlockNumber> numbers(balls.size());
  std::iota(numbers.begin(), numbers.end(), BlockNumber{0});
  build(OfBalls{balls}, std::move(numbers));
}

template <typename Source>
void BallTree::build(const Source& source, std::vector<BlockNumber> blocks) {
  Halving(source).order(blocks);
  std::vector<Balls> balls;
  std::vector<std::uint32_t> levels;
  for (std::size_t of_each = 1; levels.empty() || balls.size() - levels.back() > 1; of_each *= fanout) {
    levels.push_back(static_cast<std::uint32_t>(balls.size()));
    std::size_t number = 0;
    for (auto rest = std::span<const BlockNumber>(blocks); !rest.empty(); ++number) {
      const auto count = std::min(of_each, rest.size());
      if (number % fanout == 0) balls.push_back(Balls::nowhere());
      balls.back().set(number % fanout, source.ball_of(rest.first(count)));
      rest = rest.subspan(count);
    }
  }
  blocks_ = FixedArray<BlockNumber>(std::move(blocks));
  balls_ = FixedArray<Balls>(std::move(balls));
  levels_ = FixedArray<std::uint32_t>(std::move(levels));
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

std::vector<BallTree> build_trees(const Edges& edges) {
  std::vector<std::vector<BlockNumber>> blocks(edges.classes.size());
  for (BlockNumber block = 0; block < edges.blocks.size(); ++block) {
    if (edges.blocks[block].count > 0) blocks[edges.blocks[block].boundary_class].push_back(block);
  }
  std::vector<BallTree> trees;
  trees.reserve(blocks.size());
  for (auto& mine : blocks) trees.emplace_back(edges, std::move(mine));
  return trees;
}

BallTree build_tree(const Edges& edges, const std::vector<std::uint32_t>& classes) {
  std::vector<bool> wanted(edges.classes.size());
  for (const auto number : classes) wanted[number] = true;
  std::vector<BlockNumber> blocks;
  for (BlockNumber block = 0; block < edges.blocks.size(); ++block) {
    if (edges.blocks[block].count > 0 && wanted[edges.blocks[block].boundary_class]) blocks.push_back(block);
  }
  return {edges, std::move(blocks)};
}

}  // namespace kordon::geo::edge_index
