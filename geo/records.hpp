#pragma once

#include <span>
#include <vector>

#include "geo/columns.hpp"
#include "geo/edges.hpp"
#include "geo/huge_vector.hpp"
#include "geo/leaf.hpp"
#include "geo/z_order.hpp"

namespace kordon::geo {

/// A batch's answers by row, until they become columns.
///
/// Rows are answered in the order of the Z-curve, so that each is written where nothing near it is: whole cache lines
/// past the cache, which else would read them first. For the same reason a nearest point is kept as an edge and a t:
/// five distances and two such points fill one line. Records of less than a line are written as usual.
class Records {
 public:
  Records(const Edges& edges, std::span<const Column> columns, HugeVector<double>& room);

  /// Forgets the rows, and makes room for these.
  void restart(std::span<const double> lon_deg, std::span<const double> lat_deg);
  /// Of each column in turn, the first lanes, a row each.
  void put(std::span<const ZRow> rows, std::span<const Signed> by_column);
  /// Writes `count` rows from `first` on into the columns from row `to` on.
  void write(std::size_t first, std::size_t count, std::size_t to) const;

 private:
  void expect(std::size_t first, std::size_t count) const;
  void write_few(std::size_t first, std::size_t count, std::size_t to) const;

  const Edges& edges_;
  std::span<const Column> columns_;
  HugeVector<double>& room_;
  void (*stream_lines_)(const Lanes* const* numbers, std::span<double* const> rows);
  std::size_t signed_ = 0, nearest_ = 0;  ///< columns that have them
  /// Numbers in a record: signed distances, then the t of nearest points, then their edges, two in a number.
  std::size_t size_ = 0;
  std::vector<Lanes> edge_pairs_;
  std::vector<const Lanes*> numbers_;  ///< of the records that are put
  std::span<const double> lon_deg_, lat_deg_;
};

}  // namespace kordon::geo
