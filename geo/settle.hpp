#pragma once

#include "geo/huge_vector.hpp"
#include "geo/index_parts.hpp"
#include "geo/nearest_in_lanes.hpp"
#include "geo/place_search.hpp"
#include "geo/plan.hpp"
#include "geo/z_order.hpp"

namespace kordon::geo {

/// What the owner sets say of a leaf's rows, put together for each column.
///
/// Leaves come in the order of the Z-curve, so answers are kept row by row, to touch few places of memory for each,
/// and become columns in one go.
class Settlement {
 public:
  Settlement(const IndexParts& index, const Plan& plan, std::span<const Column> columns, HugeVector<double>& records);

  /// Forgets the rows, and makes room for as many.
  void restart(std::size_t rows);
  /// Forgets the sets of the leaf before. The rows are those of the leaf, and stay.
  void begin_leaf(std::span<const ZRow> rows);
  /// Compares a leaf's positions with what can be nearest of an owner set; false if there are too many sets.
  bool add_set(const Leaf& leaf, std::uint32_t set, const EdgeList& list);
  /// Answers the rows of a group of the leaf.
  void settle(const Leaf& leaf, std::size_t group);
  /// Answers a row without the leaf.
  void settle_alone(const ZRow& row);

  /// Writes `count` rows from `first` on into the columns from row `to` on.
  void write(std::size_t first, std::size_t count, std::size_t to) const;

 private:
  /// Owner sets that a leaf can have edges of.
  static constexpr std::size_t max_sets = 16;
  /// What a column takes from the found sets, a bit each.
  struct Shares {
    std::uint64_t sets = 0;
    std::uint64_t inside_right = 0;  ///< the column's region lies to the right of their edges
    std::size_t merged = 0;          ///< the first column that takes the same
  };

  [[nodiscard]] std::span<const ZRow> rows_of(std::size_t group) const;
  void expect(std::size_t group) const;
  void merge_group(std::size_t group);
  void settle_doubtful(const Leaf& leaf, std::size_t group, std::size_t column);
  /// The nearest edge; `hint` is one, or none.
  Edge settle_column_alone(std::size_t column, PlaceSearch& search, Edge hint, double* record) const;
  double side_alone(std::size_t column, const Query& query, const NearestInLanes& nearest, std::size_t lane) const;

  const IndexParts& index_;
  const Plan& plan_;
  std::span<const Column> columns_;
  std::vector<std::size_t> offsets_;  ///< of each column in a record, and the record's size
  HugeVector<double>& records_;
  std::span<const ZRow> leaf_rows_;
  std::size_t found_sets_ = 0;
  std::vector<NearestInLanes> found_;  ///< by group and found set
  std::vector<Edge> hints_;            ///< by column: the nearest to the last position that was settled alone
  std::vector<Shares> shares_;         ///< by column, as are the next three
  std::vector<Merged> merged_;
  std::vector<const NearestInLanes*> nearest_;
  std::vector<Signed> signed_;
  std::vector<const Lanes*> fields_;  ///< of the group's records
};

}  // namespace kordon::geo
