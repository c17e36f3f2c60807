#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/index_parts.hpp"

namespace kordon::geo {

/// Which owner sets a batch has to search, and for which of its columns.
struct Plan {
  struct Set {
    std::uint32_t owner_set;
    /// The columns that own the set, but for those that own all that another of these does: whatever can be nearest for
    /// one of the latter can be for the former.
    std::vector<std::uint32_t> narrow;
  };
  enum class Part : std::uint8_t { none, inside_left, inside_right };

  std::vector<Set> sets;
  std::vector<Part> parts;  ///< of each set in each column: column * sets.size() + set

  Plan(const IndexParts& index, std::span<const Column> columns);

  [[nodiscard]] Part part(std::size_t column, std::size_t set) const { return parts[column * sets.size() + set]; }
};

}  // namespace kordon::geo
