#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "geo/earth/position.hpp"
#include "geo/simd/huge_vector.hpp"

namespace kordon::geo::bulk_query {

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

/// The cell of all places whose keys have the prefix of `key`, all but its last `shift` bits, an even number.
Cell z_cell(std::uint32_t key, unsigned shift);

/// Z-order of a batch's rows, and memory that the next batch reuses.
class ZOrder {
 public:
  /// As many rows as this may be in any order, if their keys are not distinguished by the prefix that was sorted by.
  static constexpr std::size_t unsorted_rows = 64;

  /// Sorts rows, 0 to the size of the columns less 1, by the prefix of their keys: all but the last `unsorted_bits()`
  /// bits.
  std::span<const ZRow> sort(std::span<const double> lon_deg, std::span<const double> lat_deg);
  [[nodiscard]] unsigned unsorted_bits() const { return digit_.shift; }
  /// Sorts the rows of some cells, distinguished by their key prefix, by whole keys: a cell that has more than
  /// `unsorted_rows` of them has its halves' rows one after the other. Good until the next call.
  std::span<const ZRow> sort_within(std::span<const ZRow> rows);

 private:
  /// Bits of keys that rows are put into buckets by.
  struct Digit {
    static constexpr unsigned most_bits = 12;
    unsigned shift = 0;
    unsigned bits = 0;

    /// The first of the last `bits_left` of the keys of so many rows: buckets have about 2^each of them, and no less
    /// than two.
    static Digit first_of(unsigned bits_left, std::size_t rows, unsigned each);
    [[nodiscard]] std::size_t buckets() const { return std::size_t{1} << bits; }
    [[nodiscard]] std::uint32_t operator()(std::uint32_t key) const {
      return (key >> shift) & static_cast<std::uint32_t>(buckets() - 1);
    }
  };
  /// First row of each bucket, and later of the next one.
  using Begins = std::array<std::uint32_t, std::size_t{1} << Digit::most_bits>;

  template <typename Items, typename KeyOf>
  static void find_begins(const Items& items, KeyOf&& key_of_item, const Digit& digit, Begins& begin);
  void sort_bucket(std::span<const ZRow> from, std::span<ZRow> to) const;

  Digit digit_;
  Begins ends_;  ///< of the buckets
  HugeVector<std::uint32_t> keys_;
  HugeVector<ZRow> buckets_, sorted_;
};

}  // namespace kordon::geo::bulk_query
