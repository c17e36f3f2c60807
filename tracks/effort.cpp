#include "tracks/effort.hpp"

#include <ctime>

namespace kordon::tracks {
namespace {

/// A place far from every line takes a thousand times as long as the clock.
constexpr unsigned calls_a_look = 8;

}  // namespace

std::chrono::nanoseconds thread_time() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

Effort::Effort(std::chrono::nanoseconds most, const std::atomic<bool>* abandoned) : most_(most), abandoned_(abandoned) {
  if (is_limited()) begin_ = thread_time();
}

bool Effort::is_spent() {
  if (spent_ || ++calls_ % calls_a_look != 0) return spent_;
  spent_ = (is_limited() && thread_time() - begin_ > most_) ||
           (abandoned_ != nullptr && abandoned_->load(std::memory_order_relaxed));
  return spent_;
}

}  // namespace kordon::tracks
