#include "geo/index.hpp"

#include "geo/batch.hpp"
#include "geo/search.hpp"

namespace kordon::geo {

IndexParts::IndexParts(const Atlas& atlas)
    : edges(atlas),
      trees(plant(edges)),
      junctions(edges),
      owner_sets(atlas.target_count()),
      regions(atlas.regions.size()) {
  for (Target target = 0; target < owner_sets.size(); ++target) {
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
  const auto place = place_on_edge(index.edges, found.edge, found.t);
  Standing standing{found.distance_m, {place.lon_deg, place.lat_deg}, Side::outside};
  if (found.distance_m < on_line_m) {
    standing.side = Side::on_line;
  } else if (target < index.regions && is_inside(index.edges, index.junctions, target, query.p, found)) {
    standing.side = Side::inside;
  }
  return standing;
}

struct Index::Impl : IndexParts {
  using IndexParts::IndexParts;
};

Index::Index(const Atlas& atlas) : impl_(std::make_unique<Impl>(atlas)) {}
Index::Index(Index&&) noexcept = default;
Index& Index::operator=(Index&&) noexcept = default;
Index::~Index() = default;

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
