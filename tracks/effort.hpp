#pragma once

#include <atomic>
#include <chrono>

namespace kordon::tracks {

/// Processor time that this thread has used.
std::chrono::nanoseconds thread_time();

/// The processor time that the answer to a line or an area may take, from the moment this is made. For one thread.
class Effort {
 public:
  static constexpr auto no_limit = std::chrono::nanoseconds::max();

  /// It is over, too, once `*abandoned` is true: no one waits for the answer any more.
  explicit Effort(std::chrono::nanoseconds most = no_limit, const std::atomic<bool>* abandoned = nullptr);

  /// Whether it is over; once it is, for ever. Looks at the clock once in a few calls.
  bool is_spent();
  [[nodiscard]] bool was_spent() const { return spent_; }
  [[nodiscard]] bool is_limited() const { return most_ != no_limit; }

 private:
  std::chrono::nanoseconds most_;
  std::chrono::nanoseconds begin_{0};
  const std::atomic<bool>* abandoned_;
  unsigned calls_ = 0;
  bool spent_ = false;
};

}  // namespace kordon::tracks
