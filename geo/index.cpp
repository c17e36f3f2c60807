#include "geo/index.hpp"

#include "geo/search.hpp"
#include "geo/side.hpp"

namespace kordon::geo {

struct Index::Impl {
  Edges edges;
  Blocks blocks;
  std::vector<BallTree> trees;
  std::size_t regions;

  explicit Impl(const Atlas& atlas) : edges(atlas), blocks(edges), regions(atlas.regions.size()) {
    for (Target target = 0; target < atlas.target_count(); ++target) trees.emplace_back(edges, blocks, target);
  }

  [[nodiscard]] Nearest nearest(Target target, const Query& query) const {
    return find_nearest(edges, query, [&](auto&& at_least_m, auto&& limit_m, auto&& visit) {
      visit_near(trees[target], at_least_m, limit_m, [&](std::uint32_t b) {
        const auto block = blocks.blocks[b];
        for (auto i = block.first; i < block.first + block.count; ++i) visit(i);
      });
    });
  }

  [[nodiscard]] Standing locate(Target target, const Query& query) const {
    const auto found = nearest(target, query);
    if (found.edge == no_edge) return {found.distance_m, query.place, Side::inside};
    Standing standing{found.distance_m, edges.place_at(found.edge, found.t), Side::outside};
    if (target < regions) {
      standing.side = side_of(edges, trees[target], blocks, target, query, found);
    } else if (found.distance_m < on_line_m) {
      standing.side = Side::on_line;
    }
    return standing;
  }
};

Index::Index(const Atlas& atlas) : impl_(std::make_unique<Impl>(atlas)) {}
Index::Index(Index&&) noexcept = default;
Index& Index::operator=(Index&&) noexcept = default;
Index::~Index() = default;

std::size_t Index::target_count() const { return impl_->trees.size(); }

void Index::locate(const Position& position, std::span<const Target> targets, std::span<Standing> out) const {
  const Query query(position.place());
  for (std::size_t i = 0; i < targets.size(); ++i) out[i] = impl_->locate(targets[i], query);
}

}  // namespace kordon::geo
