#include "geo/bulk_query/boundary_plan.hpp"

#include <algorithm>

namespace kordon::geo::bulk_query {
namespace {

/// Each column's boundary classes as numbers in BoundaryPlan::sets, ascending.
std::vector<std::vector<std::uint32_t>> number_sets(const edge_index::IndexParts& index,
                                                    std::span<const Column> columns,
                                                    std::vector<BoundaryPlan::Set>& sets) {
  constexpr std::uint32_t unseen = 0xFFFFFFFF;
  std::vector<std::uint32_t> number(index.trees.size(), unseen);
  std::vector<std::vector<std::uint32_t>> owned(columns.size());
  for (std::size_t c = 0; c < columns.size(); ++c) {
    for (const auto tree : index.trees_of[columns[c].target]) {
      if (number[tree] == unseen) {
        number[tree] = static_cast<std::uint32_t>(sets.size());
        sets.push_back({tree, {}});
      }
      owned[c].push_back(number[tree]);
    }
    std::ranges::sort(owned[c]);
  }
  return owned;
}

/// Of border sections and coverages it does not matter which.
BoundaryPlan::Face face_of(const edge_index::IndexParts& index, Target target, std::uint32_t tree) {
  if (target >= index.regions) return BoundaryPlan::Face::inside_left;
  const auto& right = index.edges.classes[tree].right;
  const bool inside_left = std::ranges::find(right, target) == right.end();
  return inside_left ? BoundaryPlan::Face::inside_left : BoundaryPlan::Face::inside_right;
}

}  // namespace

BoundaryPlan::BoundaryPlan(const edge_index::IndexParts& index, std::span<const Column> columns) {
  const auto owned = number_sets(index, columns, sets);
  parts.resize(columns.size() * sets.size());
  for (std::uint32_t c = 0; c < columns.size(); ++c) {
    for (const auto s : owned[c]) {
      parts[c * sets.size() + s] = face_of(index, columns[c].target, sets[s].tree);
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
