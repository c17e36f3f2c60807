#pragma once

#include "geo/huge_vector.hpp"
#include "geo/index_parts.hpp"
#include "geo/leaf.hpp"
#include "geo/place_search.hpp"
#include "geo/plan.hpp"

namespace kordon::geo {

/// What the owner sets say of a leaf's rows, put together for each column.
///
/// Leaves come in the order of the Z-curve, so answers are kept row by row, to touch few places of memory for each,
/// and become columns in one go.
class Settlement {
 public:
  Settlement(const IndexParts& index, const Plan& plan, std::span<const Column> columns);

  /// Forgets the rows, and makes room for as many.
  void restart(std::size_t rows);
  /// Fetches a row's place, which is soon written to.
  void expect(std::uint32_t row) const;

  /// Forgets the sets of the leaf before.
  void begin_leaf();
  /// Compares a leaf's positions with what can be nearest of an owner set; false if there are too many sets.
  bool add_set(const Leaf& leaf, std::uint32_t set, const EdgeList& list);
  /// Answers the rows of a group of the leaf.
  void settle(const Leaf& leaf, std::size_t group, std::span<const std::uint32_t> rows);
  /// Answers a row without the leaf.
  void settle_alone(std::uint32_t row, LonLat place);

  /// Writes the columns from row `first` on.
  void write(std::size_t first) const;

 private:
  /// Owner sets that a leaf can have edges of.
  static constexpr std::size_t max_sets = 16;
  /// What a column takes from the found sets, a bit each.
  struct Shares {
    std::uint64_t sets = 0;
    std::uint64_t inside_right = 0;  ///< the column's region lies to the right of their edges
    std::size_t merged = 0;          ///< the first column that takes the same
  };

  void merge_group(std::size_t group);
  void settle_doubtful(const Leaf& leaf, std::size_t group, std::size_t column, std::span<const std::uint32_t> rows);
  /// The nearest edge; `hint` is one, or none.
  Edge settle_column_alone(std::size_t column, PlaceSearch& search, Edge hint, double* record) const;
  double side_alone(std::size_t column, const Query& query, const NearestInLanes& nearest, std::size_t lane) const;

  const IndexParts& index_;
  const Plan& plan_;
  std::span<const Column> columns_;
  std::vector<std::size_t> offsets_;  ///< of each column in a record, and the record's size
  HugeVector<double> records_;
  std::size_t rows_ = 0;
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
