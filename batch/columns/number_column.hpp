#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace kordon::batch::columns {

/// Numbers where their owner keeps them.
struct NumberChunk {
  std::span<const double> values;
  const std::uint8_t* valid = nullptr;  ///< a bit for each value, lowest first, as Arrow has them; null: all are there
  std::size_t first_bit = 0;            ///< of `valid`, for the first value
};

/// A column of numbers in chunks, one after the other; views only.
struct NumberColumn {
  std::vector<NumberChunk> chunks;

  [[nodiscard]] std::size_t size() const;

  /// Copies as many values as `out` holds from row `first` on; missing ones are NaN.
  void copy(std::size_t first, std::span<double> out) const;
};

}  // namespace kordon::batch::columns
