#pragma once

#include "geo/index_parts.hpp"
#include "geo/nearest_in_lanes.hpp"
#include "geo/place_search.hpp"
#include "geo/plan.hpp"
#include "geo/records.hpp"

namespace kordon::geo {

/// What the owner sets say of a leaf's rows, put together for each column.
class Settlement {
 public:
  Settlement(const IndexParts& index, const Plan& plan, std::span<const Column> columns);

  /// Forgets the sets of the leaf before.
  void begin_leaf();
  /// Compares a leaf's positions with what can be nearest of an owner set; false if there are too many sets.
  bool add_set(const Leaf& leaf, std::uint32_t set, const EdgeList& list);
  /// Answers the leaf's rows, searching for each that the sets so far do not answer.
  void settle(const Leaf& leaf, std::span<const ZRow> rows, Records& out);

 private:
  /// Owner sets that a leaf can have edges of.
  static constexpr std::size_t max_sets = 16;
  void share();
  void settle_doubtful(LonLat place, std::size_t lane);

  const IndexParts& index_;
  const Plan& plan_;
  std::span<const Column> columns_;
  std::size_t found_sets_ = 0;
  std::vector<NearestInLanes> found_;  ///< by group and found set
  std::vector<Edge> hints_;            ///< by column: the nearest to the last position that was settled alone
  std::vector<Share> shares_;          ///< by column, as are the next two
  std::vector<Merged> merged_;
  std::vector<Signed> signed_;
};

}  // namespace kordon::geo
