#include "geo/bulk_query/z_order.hpp"

#include <algorithm>
#include <bit>
#include <functional>
#include <numeric>

#include "geo/simd/lanes.hpp"

namespace kordon::geo::bulk_query {
namespace {

constexpr double cells = 65536;

KORDON_INLINE std::uint32_t spread(std::uint32_t v) {
  v = (v | (v << 8U)) & 0x00FF00FFU;
  v = (v | (v << 4U)) & 0x0F0F0F0FU;
  v = (v | (v << 2U)) & 0x33333333U;
  return (v | (v << 1U)) & 0x55555555U;
}

std::uint32_t gather(std::uint32_t v) {
  v &= 0x55555555U;
  v = (v | (v >> 1U)) & 0x33333333U;
  v = (v | (v >> 2U)) & 0x0F0F0F0FU;
  v = (v | (v >> 4U)) & 0x00FF00FFU;
  return (v | (v >> 8U)) & 0x0000FFFFU;
}

KORDON_INLINE std::uint32_t cell_of(double degrees, double range_deg) {
  const double cell = degrees * (cells / range_deg) + cells / 2;
  return static_cast<std::uint32_t>(static_cast<std::int32_t>(lesser(cell, cells - 1)));
}

KORDON_INLINE std::uint32_t key_of(double lon_deg, double lat_deg) {
  return (spread(cell_of(lon_deg, 360)) << 1U) | spread(cell_of(lat_deg, 180));
}

/// The keys, and the bits in which they differ.
KORDON_CLONES
std::uint32_t find_keys(std::span<const double> lon_deg, std::span<const double> lat_deg, std::uint32_t* keys) {
  const auto first = key_of(lon_deg[0], lat_deg[0]);
  std::uint32_t differ = 0;
  for (std::size_t i = 0; i < lon_deg.size(); ++i) {
    keys[i] = key_of(lon_deg[i], lat_deg[i]);
    differ |= keys[i] ^ first;
  }
  return differ;
}

}  // namespace

Cell z_cell(std::uint32_t key, unsigned shift) {
  const auto prefix = shift < 32 ? key >> shift << shift : 0;
  const double size = static_cast<double>(std::uint64_t{1} << (shift / 2)) / cells;
  const double x = gather(prefix >> 1U) / cells - 0.5;
  const double y = gather(prefix) / cells - 0.5;
  return {{x * 360, y * 180}, {(x + size) * 360, (y + size) * 180}};
}

ZOrder::Digit ZOrder::Digit::first_of(unsigned bits_left, std::size_t rows, unsigned each) {
  const auto worth = std::max(static_cast<unsigned>(std::bit_width(rows)), each + 1) - each;
  const auto bits = std::min({worth, bits_left, most_bits});
  return {bits_left - bits, bits};
}

template <typename Items, typename KeyOf>
void ZOrder::find_begins(const Items& items, KeyOf&& key_of_item, const Digit& digit, Begins& begin) {
  const auto end = begin.begin() + static_cast<std::ptrdiff_t>(digit.buckets());
  std::fill(begin.begin(), end, 0U);
  for (const auto& item : items) ++begin[digit(key_of_item(item))];
  std::exclusive_scan(begin.begin(), end, begin.begin(), 0U);
}

std::span<const ZRow> ZOrder::sort(std::span<const double> lon_deg, std::span<const double> lat_deg) {
  const auto count = lon_deg.size();
  keys_.resize(count);
  buckets_.resize(count);
  if (count == 0) return {};
  const auto differ = find_keys(lon_deg, lat_deg, keys_.data());
  digit_ = Digit::first_of(static_cast<unsigned>(std::bit_width(differ)), count, 6);
  find_begins(keys_, std::identity(), digit_, ends_);
  for (std::uint32_t i = 0; i < count; ++i) {
    buckets_[ends_[digit_(keys_[i])]++] = {{lon_deg[i], lat_deg[i]}, keys_[i], i};
  }
  return buckets_;
}

std::span<const ZRow> ZOrder::sort_within(std::span<const ZRow> rows) {
  if (sorted_.size() < rows.size()) sorted_.resize(rows.size());
  const auto sorted = std::span(sorted_).first(rows.size());
  const auto before = static_cast<std::size_t>(rows.data() - buckets_.data());
  for (std::size_t first = 0; first < rows.size();) {
    const auto end = ends_[digit_(rows[first].key)] - before;
    sort_bucket(rows.subspan(first, end - first), sorted.subspan(first, end - first));
    first = end;
  }
  return sorted;
}

/// Rows whose keys agree except in their last `unsorted_bits()` bits.
void ZOrder::sort_bucket(std::span<const ZRow> from, std::span<ZRow> to) const {
  const auto digit = Digit::first_of(digit_.shift, from.size(), 2);
  Begins begin;
  find_begins(from, [](const ZRow& row) { return row.key; }, digit, begin);
  for (const auto& row : from) to[begin[digit(row.key)]++] = row;
  if (digit.shift == 0) return;
  std::size_t after = 0;
  for (std::size_t bucket = 0; bucket < digit.buckets(); after = begin[bucket++]) {
    const auto same = to.subspan(after, begin[bucket] - after);
    if (same.size() > unsorted_rows) std::ranges::sort(same, {}, &ZRow::key);
  }
}

}  // namespace kordon::geo::bulk_query
