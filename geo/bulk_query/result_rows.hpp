#pragma once

#include <span>
#include <vector>

#include "geo/bulk_query/query_block.hpp"
#include "geo/bulk_query/target_distance.hpp"
#include "geo/bulk_query/z_order.hpp"
#include "geo/edge_index/columns.hpp"
#include "geo/edge_index/edges.hpp"
#include "geo/simd/huge_vector.hpp"

namespace kordon::geo::bulk_query {

/// A batch's answers by row, until they become columns.
///
/// Rows are answered in the order of the Z-curve, so they are written all over the memory: by non-temporal stores of
/// whole cache lines, which the cache would else read first. For the same reason a nearest point is kept as an edge and
/// a t: five distances and two such points fill one line. Records of less than a line are written as usual.
class ResultRows {
 public:
  ResultRows(const edge_index::Edges& edges, std::span<const Column> columns, HugeVector<double>& memory);

  /// Forgets the rows, and makes memory for these.
  void restart(std::span<const double> lon_deg, std::span<const double> lat_deg);
  /// Stores answers of up to eight rows: the first lanes of each column, a row each.
  void put(std::span<const ZRow> rows, std::span<const SignedDistances> by_column);
  /// Writes `count` rows from `first` on into the columns from row `to` on.
  void write(std::size_t first, std::size_t count, std::size_t to) const;

 private:
  void prefetch(std::size_t first, std::size_t count) const;
  void write_few(std::size_t first, std::size_t count, std::size_t to) const;

  const edge_index::Edges& edges_;
  std::span<const Column> columns_;
  HugeVector<double>& memory_;
  void (*stream_lines_)(const Lanes* const* numbers, std::span<double* const> rows);
  std::size_t signed_ = 0, nearest_ = 0, regions_ = 0;  ///< columns that have them
  /// Numbers in a record: signed distances, then the t of nearest points, then column by column the edges of these and
  /// the regions of coverages, two in a number.
  std::size_t size_ = 0;
  std::vector<Lanes> pairs_;
  std::vector<const Lanes*> numbers_;  ///< of the records that are put
  std::span<const double> lon_deg_, lat_deg_;
};

}  // namespace kordon::geo::bulk_query
