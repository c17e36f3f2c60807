#include "geo/plan.hpp"

#include <algorithm>

namespace kordon::geo {
namespace {

/// Each column's owner sets as numbers in Plan::sets, ascending.
std::vector<std::vector<std::uint32_t>> number_sets(const IndexParts& index, std::span<const Column> columns,
                                                    std::vector<Plan::Set>& sets) {
  constexpr std::uint32_t unseen = 0xFFFFFFFF;
  std::vector<std::uint32_t> number(index.trees.size(), unseen);
  std::vector<std::vector<std::uint32_t>> owned(columns.size());
  for (std::size_t c = 0; c < columns.size(); ++c) {
    for (const auto owner_set : index.owner_sets[columns[c].target]) {
      if (number[owner_set] == unseen) {
        number[owner_set] = static_cast<std::uint32_t>(sets.size());
        sets.push_back({owner_set, {}});
      }
      owned[c].push_back(number[owner_set]);
    }
    std::ranges::sort(owned[c]);
  }
  return owned;
}

}  // namespace

Plan::Plan(const IndexParts& index, std::span<const Column> columns) {
  const auto owned = number_sets(index, columns, sets);
  parts.resize(columns.size() * sets.size());
  for (std::uint32_t c = 0; c < columns.size(); ++c) {
    for (const auto s : owned[c]) {
      const auto& right = index.edges.owners[sets[s].owner_set].right;
      const bool inside_right = std::ranges::find(right, columns[c].target) != right.end();
      parts[c * sets.size() + s] = inside_right ? Part::inside_right : Part::inside_left;
      bool wide = false;
      for (std::uint32_t other = 0; other < columns.size() && !wide; ++other) {
        wide = other != c && std::ranges::binary_search(owned[other], s) &&
               std::ranges::includes(owned[c], owned[other]) && (owned[other].size() < owned[c].size() || other < c);
      }
      if (!wide) sets[s].narrow.push_back(c);
    }
  }
}

}  // namespace kordon::geo
