#include "geo/records.hpp"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include <algorithm>
#include <bit>

#include "geo/nearest.hpp"

namespace kordon::geo {
namespace {

constexpr std::size_t line_size = 64 / sizeof(double);
/// Rows whose records stay in the nearest cache while column after column is taken from them.
constexpr std::size_t few_rows = 64;
constexpr Lanes nothing{};

/// No record lies in more cache lines than it has to.
std::size_t aligned_size(std::size_t size) {
  return size < line_size ? std::bit_ceil(std::max(size, std::size_t{2}))
                          : (size + line_size - 1) / line_size * line_size;
}

/// Writes two numbers past the cache.
void stream(double* to, double a, double b) {
#ifdef __SSE2__
  _mm_stream_pd(to, _mm_setr_pd(a, b));
#else
  to[0] = a, to[1] = b;
#endif
}

/// Adds the edges to the numbers' first or last 32 bits.
void pack(const LaneBits& edges, bool last, Lanes& numbers) {
  for (std::size_t k = 0; k < lane_count; ++k) {
    const auto edge = static_cast<std::uint64_t>(edges[k]);
    const auto before = last ? std::bit_cast<std::uint64_t>(numbers[k]) : 0;
    numbers[k] = std::bit_cast<double>(last ? before | edge << 32U : edge);
  }
}

Edge unpack(double number, bool last) {
  return static_cast<Edge>(std::bit_cast<std::uint64_t>(number) >> (last ? 32U : 0U));
}

}  // namespace

Records::Records(const Edges& edges, std::span<const Column> columns, HugeVector<double>& room)
    : edges_(edges), columns_(columns), room_(room) {
  for (const auto& column : columns) {
    signed_ += column.signed_m.empty() ? 0U : 1U;
    nearest_ += column.nearest.empty() ? 0U : 1U;
  }
  edge_pairs_.resize((nearest_ + 1) / 2);
  size_ = aligned_size(signed_ + nearest_ + edge_pairs_.size());
  numbers_.resize(size_, &nothing);
  for (std::size_t i = 0; i < edge_pairs_.size(); ++i) numbers_[signed_ + nearest_ + i] = &edge_pairs_[i];
}

void Records::restart(std::span<const double> lon_deg, std::span<const double> lat_deg) {
  lon_deg_ = lon_deg;
  lat_deg_ = lat_deg;
  if (room_.size() < lon_deg.size() * size_) room_.resize(lon_deg.size() * size_);
}

void Records::put(std::span<const ZRow> rows, std::span<const Signed> by_column) {
  auto* signed_m = numbers_.data();
  auto* t = signed_m + signed_;
  std::size_t points = 0;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (!columns_[i].signed_m.empty()) *signed_m++ = &by_column[i].signed_m;
    if (columns_[i].nearest.empty()) continue;
    *t++ = &by_column[i].t;
    pack(by_column[i].edge, points % 2 != 0, edge_pairs_[points / 2]);
    ++points;
  }
  for (std::size_t lane = 0; lane < rows.size(); ++lane) {
    auto* record = room_.data() + rows[lane].row * size_;
    if (size_ < line_size) {
      for (std::size_t i = 0; i < size_; ++i) record[i] = (*numbers_[i])[lane];
      continue;
    }
    for (std::size_t i = 0; i < size_; i += 2) stream(record + i, (*numbers_[i])[lane], (*numbers_[i + 1])[lane]);
  }
}

void Records::write(std::size_t first, std::size_t count, std::size_t to) const {
  for (std::size_t done = 0; done < count; done += few_rows) {
    write_few(first + done, std::min(few_rows, count - done), to + done);
  }
}

void Records::write_few(std::size_t first, std::size_t count, std::size_t to) const {
  const double* const records = room_.data() + first * size_;
  for (std::size_t i = 0; i < count * size_; i += line_size) __builtin_prefetch(records + count * size_ + i);
  std::size_t distances = 0;
  std::size_t points = 0;
  for (const auto& column : columns_) {
    if (!column.signed_m.empty()) {
      const double* from = records + distances++;
      auto* signed_m = column.signed_m.data() + to;
      for (std::size_t i = 0; i < count; ++i) signed_m[i] = from[i * size_];
    }
    if (column.nearest.empty()) continue;
    const double* t = records + signed_ + points;
    const double* edges = records + signed_ + nearest_ + points / 2;
    auto* nearest = column.nearest.data() + to;
    for (std::size_t i = 0; i < count; ++i) {
      const auto edge = unpack(edges[i * size_], points % 2 != 0);
      nearest[i] = edge == no_edge ? LonLat{lon_deg_[first + i], lat_deg_[first + i]}
                                   : edges_.place_at(edge, t[i * size_]);
    }
    ++points;
  }
}

}  // namespace kordon::geo
