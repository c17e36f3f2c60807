#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>

namespace kordon::server {

/// Something const that all threads use and a reload replaces. Safe from any thread.
template <typename T>
class Slot {
 public:
  using Pointer = std::shared_ptr<const T>;

  explicit Slot(Pointer value) : value_(std::move(value)) {}

  [[nodiscard]] Pointer get() const {
    const std::scoped_lock lock(mutex_);
    return value_;
  }
  void set(Pointer value) {
    const std::scoped_lock lock(mutex_);
    value_.swap(value);
    generation_.fetch_add(1, std::memory_order_release);
  }
  /// Changes with each `set`.
  [[nodiscard]] std::uint64_t generation() const { return generation_.load(std::memory_order_acquire); }

 private:
  mutable std::mutex mutex_;
  Pointer value_;
  std::atomic<std::uint64_t> generation_ = 0;
};

/// One thread's view of a slot, which costs it one read of a number for each look.
template <typename T>
class Pinned {
 public:
  explicit Pinned(const Slot<T>& slot) : slot_(slot), seen_(slot.generation()), value_(slot.get()) {}

  /// The newest value. It stays the same until the next call.
  const std::shared_ptr<const T>& get() {
    if (const auto now = slot_.generation(); now != seen_) {
      seen_ = now;
      value_ = slot_.get();
    }
    return value_;
  }

 private:
  const Slot<T>& slot_;
  std::uint64_t seen_;
  std::shared_ptr<const T> value_;
};

}  // namespace kordon::server
