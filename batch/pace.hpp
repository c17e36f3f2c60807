#pragma once

#include <chrono>
#include <cstddef>

#include "batch/batch_plan.hpp"

namespace kordon::batch {

/// One step of a batch: some rows, read, evaluated and written together.
struct Step {
  bool apart = false;    ///< lines, areas and rows that open a reference system are left for another step
  bool refuses = false;  ///< the body has used its time: its rows are errors, whatever they say
  std::size_t most_rows = std::numeric_limits<std::size_t>::max();
  std::chrono::nanoseconds most_time = tracks::Effort::no_limit;  ///< for reading rows that are not plain
};

/// Pace of a reader: tells when it has read enough for one step. Plain rows are counted alone; those that take more
/// than a plain one, or become far more bytes than they have, are weighed as well.
class Pace {
 public:
  explicit Pace(const WorkLimits& limits) : limits_(limits) {}

  void begin(const Step& step);

  /// How many rows the step may have: 0 once it is long enough.
  [[nodiscard]] std::size_t most_rows() const { return most_rows_; }
  [[nodiscard]] const Step& step() const { return step_; }

  /// A row took more than a plain one. Looks at the clock once in a few calls, or at once where it may have taken long.
  void spent(bool perhaps_long);
  /// A row's answer has so many bytes that the row has not.
  void makes(std::size_t bytes);

 private:
  const WorkLimits& limits_;
  Step step_;
  std::size_t most_rows_ = 0;
  std::chrono::nanoseconds begin_{0};
  unsigned calls_ = 0;
  std::size_t made_bytes_ = 0;
};

}  // namespace kordon::batch
