#include "geo/bulk_query/result_rows.hpp"

#ifdef __SSE2__
#include <immintrin.h>
#endif

#include <algorithm>
#include <bit>

#include "geo/edge_index/nearest.hpp"

namespace kordon::geo::bulk_query {
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

/// Of eight numbers, the first lanes: a line for each row, past the cache.
void stream_lines(const Lanes* const* numbers, std::span<double* const> rows) {
  for (std::size_t lane = 0; lane < rows.size(); ++lane) {
    for (std::size_t i = 0; i < line_size; i += 2) {
      const double a = (*numbers[i])[lane];
      const double b = (*numbers[i + 1])[lane];
#ifdef __SSE2__
      _mm_stream_pd(rows[lane] + i, _mm_setr_pd(a, b));
#else
      rows[lane][i] = a, rows[lane][i + 1] = b;
#endif
    }
  }
}

#ifdef __x86_64__
/// The same with each line at once: rows and numbers change places by pairs, then by fours, then by eights.
__attribute__((target("avx512f"))) void stream_whole_lines(const Lanes* const* numbers, std::span<double* const> rows) {
  using Line [[gnu::vector_size(64)]] = double;
  std::array<Line, line_size> by_number, by_two, by_four;
  for (std::size_t i = 0; i < line_size; ++i) by_number[i] = _mm512_load_pd(numbers[i]->data());
  for (std::size_t i = 0; i < line_size; i += 2) {
    const auto a = by_number[i];
    const auto b = by_number[i + 1];
    by_two[i] = __builtin_shufflevector(a, b, 0, 8, 2, 10, 4, 12, 6, 14);
    by_two[i + 1] = __builtin_shufflevector(a, b, 1, 9, 3, 11, 5, 13, 7, 15);
  }
  for (const std::size_t i : {0U, 1U, 4U, 5U}) {
    by_four[i] = __builtin_shufflevector(by_two[i], by_two[i + 2], 0, 1, 8, 9, 4, 5, 12, 13);
    by_four[i + 2] = __builtin_shufflevector(by_two[i], by_two[i + 2], 2, 3, 10, 11, 6, 7, 14, 15);
  }
  for (std::size_t lane = 0; lane < rows.size(); ++lane) {
    const auto a = by_four[lane % 4];
    const auto b = by_four[lane % 4 + 4];
    _mm512_stream_pd(rows[lane], lane < 4 ? __builtin_shufflevector(a, b, 0, 1, 2, 3, 8, 9, 10, 11)
                                          : __builtin_shufflevector(a, b, 4, 5, 6, 7, 12, 13, 14, 15));
  }
}
#endif

auto* choose_stream_lines() {
#ifdef __x86_64__
  if (__builtin_cpu_supports("avx512f")) return stream_whole_lines;
#endif
  return stream_lines;
}

/// Puts edges or regions into the first 32 bits of numbers, or adds them as the last.
void pack(const LaneBits& items, bool last, Lanes& numbers) {
  for (std::size_t k = 0; k < lane_count; ++k) {
    const auto item = static_cast<std::uint64_t>(items[k]);
    const auto before = last ? std::bit_cast<std::uint64_t>(numbers[k]) : 0;
    numbers[k] = std::bit_cast<double>(last ? before | item << 32U : item);
  }
}

std::uint32_t unpack(double number, bool last) {
  return static_cast<std::uint32_t>(std::bit_cast<std::uint64_t>(number) >> (last ? 32U : 0U));
}

}  // namespace

ResultRows::ResultRows(const edge_index::Edges& edges, std::span<const Column> columns, HugeVector<double>& memory)
    : edges_(edges), columns_(columns), memory_(memory), stream_lines_(choose_stream_lines()) {
  for (const auto& column : columns) {
    signed_ += column.signed_m.empty() ? 0U : 1U;
    nearest_ += column.nearest.empty() ? 0U : 1U;
    regions_ += column.region.empty() ? 0U : 1U;
  }
  pairs_.resize((nearest_ + regions_ + 1) / 2);
  size_ = aligned_size(signed_ + nearest_ + pairs_.size());
  numbers_.resize(size_, &nothing);
  for (std::size_t i = 0; i < pairs_.size(); ++i) numbers_[signed_ + nearest_ + i] = &pairs_[i];
}

void ResultRows::restart(std::span<const double> lon_deg, std::span<const double> lat_deg) {
  lon_deg_ = lon_deg;
  lat_deg_ = lat_deg;
  if (memory_.size() < lon_deg.size() * size_) memory_.resize(lon_deg.size() * size_);
}

void ResultRows::put(std::span<const ZRow> rows, std::span<const SignedDistances> by_column) {
  auto* signed_m = numbers_.data();
  auto* t = signed_m + signed_;
  std::size_t items = 0;
  const auto put_item = [&](const LaneBits& item) {
    pack(item, items % 2 != 0, pairs_[items / 2]);
    ++items;
  };
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (!columns_[i].signed_m.empty()) *signed_m++ = &by_column[i].signed_m;
    if (!columns_[i].nearest.empty()) {
      *t++ = &by_column[i].t;
      put_item(by_column[i].edge);
    }
    if (!columns_[i].region.empty()) put_item(by_column[i].region);
  }
  std::array<double*, lane_count> record{};
  for (std::size_t lane = 0; lane < rows.size(); ++lane) record[lane] = memory_.data() + rows[lane].row * size_;
  if (size_ < line_size) {
    for (std::size_t lane = 0; lane < rows.size(); ++lane) {
      for (std::size_t i = 0; i < size_; ++i) record[lane][i] = (*numbers_[i])[lane];
    }
    return;
  }
  const auto lines = std::span(record).first(rows.size());
  for (std::size_t i = 0; i < size_; i += line_size) {
    stream_lines_(&numbers_[i], lines);
    for (auto& line : lines) line += line_size;
  }
}

void ResultRows::write(std::size_t first, std::size_t count, std::size_t to) const {
  for (std::size_t done = 0; done < count; done += few_rows) {
    const auto rest = count - done;
    const auto few = std::min(few_rows, rest);
    prefetch(first + done + few, std::min(few_rows, rest - few));
    write_few(first + done, few, to + done);
  }
}

void ResultRows::prefetch(std::size_t first, std::size_t count) const {
  const double* const records = memory_.data() + first * size_;
  for (std::size_t i = 0; i < count * size_; i += line_size) __builtin_prefetch(records + i);
}

void ResultRows::write_few(std::size_t first, std::size_t count, std::size_t to) const {
  const double* const records = memory_.data() + first * size_;
  std::size_t distances = 0;
  std::size_t points = 0;
  std::size_t items = 0;
  for (const auto& column : columns_) {
    if (!column.signed_m.empty()) {
      const double* from = records + distances++;
      auto* signed_m = column.signed_m.data() + to;
      for (std::size_t i = 0; i < count; ++i) signed_m[i] = from[i * size_];
    }
    const auto each_item = [&](auto&& take) {
      const double* pairs = records + signed_ + nearest_ + items / 2;
      for (std::size_t i = 0; i < count; ++i) take(i, unpack(pairs[i * size_], items % 2 != 0));
      ++items;
    };
    if (!column.nearest.empty()) {
      const double* t = records + signed_ + points++;
      auto* nearest = column.nearest.data() + to;
      each_item([&](std::size_t i, edge_index::Edge edge) {
        nearest[i] = edge == edge_index::no_edge ? LonLat{lon_deg_[first + i], lat_deg_[first + i]}
                                                 : edges_.place_at(edge, t[i * size_]);
      });
    }
    if (!column.region.empty()) {
      auto* region = column.region.data() + to;
      each_item([&](std::size_t i, Target found) { region[i] = found; });
    }
  }
}

}  // namespace kordon::geo::bulk_query
