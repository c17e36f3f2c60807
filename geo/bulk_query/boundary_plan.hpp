#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/edge_index/columns.hpp"
#include "geo/edge_index/index_parts.hpp"

namespace kordon::geo::bulk_query {

/// Which boundary classes a batch has to search, and for which of its columns.
struct BoundaryPlan {
  struct Set {
    std::uint32_t tree;  ///< in IndexParts::trees: a boundary class's, or of many
    /// The columns that own the set, but for those that own all that another of these does: whatever can be nearest for
    /// one of the latter can be for the former.
    std::vector<std::uint32_t> pruned_for;
  };
  enum class Face : std::uint8_t { none, inside_left, inside_right };

  std::vector<Set> sets;
  std::vector<Face> parts;  ///< of each set in each column: column * sets.size() + set

  BoundaryPlan(const edge_index::IndexParts& index, std::span<const Column> columns);

  [[nodiscard]] Face part(std::size_t column, std::size_t set) const { return parts[column * sets.size() + set]; }
};

}  // namespace kordon::geo::bulk_query
