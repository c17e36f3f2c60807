#include "geo/bulk_query/boundary_plan.hpp"

#include <algorithm>

namespace kordon::geo::bulk_query {
namespace {

/// Trees that each column reads, as numbers in BoundaryPlan::trees, ascending.
std::vector<std::vector<std::uint32_t>> number_trees(const edge_index::IndexParts& index,
                                                     std::span<const Column> columns,
                                                     std::vector<BoundaryPlan::Tree>& trees) {
  constexpr std::uint32_t unseen = 0xFFFFFFFF;
  std::vector<std::uint32_t> number(index.trees.size(), unseen);
  std::vector<std::vector<std::uint32_t>> read(columns.size());
  for (std::size_t c = 0; c < columns.size(); ++c) {
    for (const auto tree : index.trees_of[columns[c].target]) {
      if (number[tree] == unseen) {
        number[tree] = static_cast<std::uint32_t>(trees.size());
        trees.push_back({tree, {}});
      }
      read[c].push_back(number[tree]);
    }
    std::ranges::sort(read[c]);
  }
  return read;
}

/// Face of a tree's edges that a target's region lies on; of border sections and coverages it does not matter which.
BoundaryPlan::Face face_of(const edge_index::IndexParts& index, Target target, std::uint32_t tree) {
  if (target >= index.regions) return BoundaryPlan::Face::inside_left;
  const auto& right = index.edges.classes[tree].right;
  const bool inside_left = std::ranges::find(right, target) == right.end();
  return inside_left ? BoundaryPlan::Face::inside_left : BoundaryPlan::Face::inside_right;
}

}  // namespace

BoundaryPlan::BoundaryPlan(const edge_index::IndexParts& index, std::span<const Column> columns) {
  const auto read = number_trees(index, columns, trees);
  parts.resize(columns.size() * trees.size());
  for (std::uint32_t c = 0; c < columns.size(); ++c) {
    for (const auto s : read[c]) {
      parts[c * trees.size() + s] = face_of(index, columns[c].target, trees[s].number);
      bool wide = false;
      for (std::uint32_t other = 0; other < columns.size() && !wide; ++other) {
        wide = other != c && std::ranges::binary_search(read[other], s) &&
               std::ranges::includes(read[c], read[other]) && (read[other].size() < read[c].size() || other < c);
      }
      if (!wide) trees[s].pruned_for.push_back(c);
    }
  }
}

}  // namespace kordon::geo::bulk_query
