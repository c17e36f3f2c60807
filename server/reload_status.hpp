#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>

#include "geo/atlas/fault.hpp"

namespace kordon::server {

/// Outcome of the last reload, and counts of all. Safe from any thread.
class ReloadStatus {
 public:
  void note_served() {
    const std::scoped_lock lock(mutex_);
    ++served_;
    faults_.clear();
  }
  void note_refused(const Faults& faults) {
    const std::scoped_lock lock(mutex_);
    ++refused_;
    faults_ = faults;
  }

  /// Faults of the last reload; none if it was good, or there was none.
  [[nodiscard]] Faults faults() const {
    const std::scoped_lock lock(mutex_);
    return faults_;
  }
  [[nodiscard]] std::uint64_t served() const { return served_; }
  [[nodiscard]] std::uint64_t refused() const { return refused_; }

 private:
  mutable std::mutex mutex_;
  Faults faults_;
  std::atomic<std::uint64_t> served_ = 0;
  std::atomic<std::uint64_t> refused_ = 0;
};

}  // namespace kordon::server
