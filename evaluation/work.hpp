#pragma once

#include <cstdint>

namespace kordon::evaluation {

/// Work that an answer took, for metrics.
struct Work {
  std::uint64_t evaluations = 0;
  std::uint64_t rows = 0;           ///< of a batch
  std::uint64_t rows_in_error = 0;  ///< among them
  std::uint64_t cost = 0;           ///< in rows: lines and areas cost more than one
};

}  // namespace kordon::evaluation
