#include "geo/index.hpp"

#include "geo/batch.hpp"
#include "geo/search.hpp"

namespace kordon::geo {

IndexParts::IndexParts(const Atlas& atlas)
    : edges(atlas), trees(plant(edges)), junctions(edges), regions(atlas.regions.size()) {
  find_owner_sets(atlas.target_count());
}

IndexParts::IndexParts(ImageReader& image) : edges(image), junctions(image), regions(0) {
  const auto counts = image.take<std::size_t>();
  if (!image.good() || counts.size() != 2) return;
  for (std::size_t set = 0; set < edges.owners.size(); ++set) trees.emplace_back(image);
  regions = counts[0];
  find_owner_sets(counts[1]);
}

void IndexParts::put(ImageWriter& image) const {
  Edges::each(edges, [&](const auto& array) { image.put(array); });
  junctions.put(image);
  image.put(std::vector{regions, owner_sets.size()});
  for (const auto& tree : trees) tree.put(image);
}

void IndexParts::find_owner_sets(std::size_t targets) {
  owner_sets.resize(targets);
  for (Target target = 0; target < targets; ++target) {
    for (std::uint32_t set = 0; set < edges.owners.size(); ++set) {
      if (edges.owners[set].has(target)) owner_sets[target].push_back(set);
    }
  }
}

Nearest find_nearest(const IndexParts& index, Target target, const Query& query, Edge hint) {
  return find_nearest(index.edges, query, hint, [&](auto&& at_least_m, auto&& limit_m, auto&& visit) {
    for (const auto set : index.owner_sets[target]) {
      visit_near(index.trees[set], at_least_m, limit_m, [&](Block block) {
        for (auto i = block.first; i < block.first + block.count; ++i) visit(i);
      });
    }
  });
}

Standing standing_of(const IndexParts& index, Target target, const Query& query, const Nearest& found) {
  if (found.edge == no_edge) return {found.distance_m, query.place, Side::inside};
  const auto place = index.edges.place_at(found.edge, found.t);
  Standing standing{found.distance_m, place, Side::outside};
  if (found.distance_m < on_line_m) {
    standing.side = Side::on_line;
  } else if (target < index.regions && is_inside(index.edges, index.junctions, target, query.p, found)) {
    standing.side = Side::inside;
  }
  return standing;
}

struct Index::Impl : IndexParts {
  std::shared_ptr<const void> memory;

  explicit Impl(const Atlas& atlas) : IndexParts(atlas) {}
  Impl(ImageReader& image, std::shared_ptr<const void> held) : IndexParts(image), memory(std::move(held)) {}
};

Index::Index(const Atlas& atlas) : impl_(std::make_unique<Impl>(atlas)) {}
Index::Index(ImageReader& image, std::shared_ptr<const void> memory)
    : impl_(std::make_unique<Impl>(image, std::move(memory))) {}
void Index::put(ImageWriter& image) const { impl_->put(image); }
Index::Index(Index&&) noexcept = default;
Index& Index::operator=(Index&&) noexcept = default;
Index::~Index() = default;

std::size_t Index::size_bytes() const {
  ImageWriter image;
  impl_->put(image);
  return image.bytes().size();
}

std::size_t Index::target_count() const { return impl_->owner_sets.size(); }

void Index::locate(const Position& position, std::span<const Target> targets, std::span<Standing> out) const {
  const Query query(position.place());
  Edge last = no_edge;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const bool hint = last != no_edge && impl_->edges.owners_of(last).has(targets[i]);
    const auto found = find_nearest(*impl_, targets[i], query, hint ? last : no_edge);
    out[i] = standing_of(*impl_, targets[i], query, found);
    last = found.edge;
  }
}

void Index::locate(std::span<const double> lon_deg, std::span<const double> lat_deg,
                   std::span<const Column> columns) const {
  locate_batch(*impl_, lon_deg, lat_deg, columns);
}

}  // namespace kordon::geo
