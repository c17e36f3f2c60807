#pragma once

#include <cstdint>
#include <span>

#include "geo/huge_vector.hpp"
#include "geo/position.hpp"

namespace kordon::geo {

/// A row of a batch and its place on the Z-curve (Morton order) over longitude and latitude, 16 bits each. The first
/// bit halves longitudes, so that half of a cell is not much longer than it is wide.
struct ZRow {
  LonLat place;
  std::uint32_t key;
  std::uint32_t row;
};

/// A rectangle in degrees.
struct Cell {
  LonLat low, high;
};

/// The cell of all places whose keys agree with `key` but for the last `shift` bits, which are even.
Cell z_cell(std::uint32_t key, unsigned shift);

/// The rows of a batch along the Z-curve, and room for the next one's.
class ZOrder {
 public:
  /// As many rows as this, whose keys are not told apart, may be in any order.
  static constexpr std::size_t unsorted_rows = 64;

  /// Takes rows 0 to the size of the columns less 1. A cell that has more than `unsorted_rows` of them has its halves'
  /// rows one after the other.
  std::span<const ZRow> sort(std::span<const double> lon_deg, std::span<const double> lat_deg);

 private:
  void sort_bucket(std::size_t begin, std::size_t end, unsigned bits);

  HugeVector<std::uint32_t> keys_;
  HugeVector<ZRow> buckets_, rows_;
};

}  // namespace kordon::geo
