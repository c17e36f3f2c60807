#include "batch/pace.hpp"

#include <algorithm>

namespace kordon::batch {
namespace {

/// A row that is not plain takes some microseconds, and the clock a third of one.
constexpr unsigned calls_a_look = 8;

}  // namespace

void Pace::begin(const Step& step) {
  step_ = step;
  most_rows_ = std::min(step.most_rows, limits_.rows_at_once);
  calls_ = 0;
  made_bytes_ = 0;
  if (step.most_time != tracks::Effort::no_limit) begin_ = tracks::thread_time();
}

void Pace::spent(bool perhaps_long) {
  if (step_.most_time == tracks::Effort::no_limit) return;
  if (!perhaps_long && ++calls_ % calls_a_look != 0) return;
  if (tracks::thread_time() - begin_ >= step_.most_time) most_rows_ = 0;
}

void Pace::makes(std::size_t bytes) {
  made_bytes_ += bytes;
  if (made_bytes_ >= limits_.bytes_at_once) most_rows_ = 0;
}

}  // namespace kordon::batch
