#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/edge_index/columns.hpp"
#include "geo/edge_index/index_parts.hpp"

namespace kordon::geo::bulk_query {

/// Boundary plan of a batch: the trees that it has to search, each once, and for which of its columns. A tree holds the
/// edges of one boundary class, or of many that are searched as one.
struct BoundaryPlan {
  struct Tree {
    std::uint32_t number;  ///< in IndexParts::trees
    /// Columns that candidates of this tree are pruned for: those that read it, except where a column reads all trees
    /// that another of these does, and more. An edge that can be nearest for such a column can be for the other, too.
    std::vector<std::uint32_t> pruned_for;
  };
  enum class Face : std::uint8_t { none, inside_left, inside_right };

  std::vector<Tree> trees;
  std::vector<Face> parts;  ///< of each tree in each column: column * trees.size() + tree

  BoundaryPlan(const edge_index::IndexParts& index, std::span<const Column> columns);

  [[nodiscard]] Face part(std::size_t column, std::size_t tree) const { return parts[column * trees.size() + tree]; }
};

}  // namespace kordon::geo::bulk_query
