#include "batch/columns/number_column.hpp"

#include <algorithm>
#include <limits>

namespace kordon::batch::columns {
namespace {

bool is_set(const NumberChunk& chunk, std::size_t row) {
  const auto bit = chunk.first_bit + row;
  return ((chunk.valid[bit / 8] >> (bit % 8)) & 1) != 0;
}

}  // namespace

std::size_t NumberColumn::size() const {
  std::size_t rows = 0;
  for (const auto& chunk : chunks) rows += chunk.values.size();
  return rows;
}

void NumberColumn::copy(std::size_t first, std::span<double> out) const {
  for (const auto& chunk : chunks) {
    if (out.empty()) return;
    if (first >= chunk.values.size()) {
      first -= chunk.values.size();
      continue;
    }
    const auto taken = chunk.values.subspan(first, std::min(out.size(), chunk.values.size() - first));
    std::ranges::copy(taken, out.begin());
    for (std::size_t i = 0; chunk.valid && i < taken.size(); ++i) {
      if (!is_set(chunk, first + i)) out[i] = std::numeric_limits<double>::quiet_NaN();
    }
    out = out.subspan(taken.size());
    first = 0;
  }
}

}  // namespace kordon::batch::columns
