#include "geo/bulk_query/boundary_plan.hpp"

#include <algorithm>

namespace kordon::geo::bulk_query {
namespace {

/// Each column's owner sets as numbers in BoundaryPlan::sets, ascending.
std::vector<std::vector<std::uint32_t>> number_sets(const edge_index::IndexParts& index,
                                                    std::span<const Column> columns,
                                                    std::vector<BoundaryPlan::Set>& sets) {
  constexpr std::uint32_t unseen = 0xFFFFFFFF;
  std::vector<std::uint32_t> number(index.trees.size(), unseen);
  std::vector<std::vector<std::uint32_t>> owned(columns.size());
  for (std::size_t c = 0; c < columns.size(); ++c) {
    for (const auto boundary_class : index.boundary_classes[columns[c].target]) {
      if (number[boundary_class] == unseen) {
        number[boundary_class] = static_cast<std::uint32_t>(sets.size());
        sets.push_back({boundary_class, {}});
      }
      owned[c].push_back(number[boundary_class]);
    }
    std::ranges::sort(owned[c]);
  }
  return owned;
}

}  // namespace

BoundaryPlan::BoundaryPlan(const edge_index::IndexParts& index, std::span<const Column> columns) {
  const auto owned = number_sets(index, columns, sets);
  parts.resize(columns.size() * sets.size());
  for (std::uint32_t c = 0; c < columns.size(); ++c) {
    for (const auto s : owned[c]) {
      const auto& right = index.edges.classes[sets[s].boundary_class].right;
      const bool inside_right = std::ranges::find(right, columns[c].target) != right.end();
      parts[c * sets.size() + s] = inside_right ? Face::inside_right : Face::inside_left;
      bool wide = false;
      for (std::uint32_t other = 0; other < columns.size() && !wide; ++other) {
        wide = other != c && std::ranges::binary_search(owned[other], s) &&
               std::ranges::includes(owned[c], owned[other]) && (owned[other].size() < owned[c].size() || other < c);
      }
      if (!wide) sets[s].pruned_for.push_back(c);
    }
  }
}

}  // namespace kordon::geo::bulk_query
