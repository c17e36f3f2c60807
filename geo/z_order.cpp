#include "geo/z_order.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <numeric>

namespace kordon::geo {
namespace {

constexpr double cells = 65536;

std::uint32_t spread(std::uint32_t v) {
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

std::uint32_t cell_of(double degrees, double range_deg) {
  return static_cast<std::uint32_t>(std::min((degrees / range_deg + 0.5) * cells, cells - 1));
}

std::uint32_t key_of(LonLat place) {
  return (spread(cell_of(place.lon_deg, 360)) << 1U) | spread(cell_of(place.lat_deg, 180));
}

}  // namespace

Cell z_cell(std::uint32_t key, unsigned shift) {
  const auto prefix = shift < 32 ? key >> shift << shift : 0;
  const double size = static_cast<double>(std::uint64_t{1} << (shift / 2)) / cells;
  const double x = gather(prefix >> 1U) / cells - 0.5;
  const double y = gather(prefix) / cells - 0.5;
  return {{x * 360, y * 180}, {(x + size) * 360, (y + size) * 180}};
}

void sort_along_z_curve(std::span<const double> lon_deg, std::span<const double> lat_deg, std::vector<ZRow>& rows,
                        std::vector<ZRow>& spare) {
  constexpr unsigned most_digit_bits = 12;
  rows.resize(lon_deg.size());
  spare.resize(lon_deg.size());
  std::uint32_t differ = 0;
  for (std::uint32_t i = 0; i < rows.size(); ++i) {
    rows[i] = {key_of({lon_deg[i], lat_deg[i]}), i};
    differ |= rows[i].key ^ rows.front().key;
  }
  const auto bits = static_cast<unsigned>(std::bit_width(differ));
  const auto digits = (bits + most_digit_bits - 1) / most_digit_bits;
  for (unsigned digit = 0; digit < digits; ++digit) {
    const auto low = digit * bits / digits;
    const auto buckets = std::uint32_t{1} << ((digit + 1) * bits / digits - low);
    std::array<std::uint32_t, std::size_t{1} << most_digit_bits> begin;
    std::fill_n(begin.begin(), buckets, 0U);
    for (const auto& row : rows) ++begin[(row.key >> low) % buckets];
    std::exclusive_scan(begin.begin(), begin.begin() + buckets, begin.begin(), 0U);
    for (const auto& row : rows) spare[begin[(row.key >> low) % buckets]++] = row;
    rows.swap(spare);
  }
}

}  // namespace kordon::geo
