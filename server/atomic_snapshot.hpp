#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>

namespace kordon::server {

/// Atomic snapshot: a const value that all threads read and a reload replaces whole. Safe from any thread.
template <typename T>
class AtomicSnapshot {
 public:
  using Pointer = std::shared_ptr<const T>;

  explicit AtomicSnapshot(Pointer value) : value_(std::move(value)) {}

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

/// Cached reader of a snapshot, for one thread: each `get` costs it the read of a number.
template <typename T>
class SnapshotReader {
 public:
  explicit SnapshotReader(const AtomicSnapshot<T>& snapshot)
      : snapshot_(snapshot), seen_(snapshot.generation()), value_(snapshot.get()) {}

  /// The newest value. It stays the same until the next call.
  const std::shared_ptr<const T>& get() {
    if (const auto now = snapshot_.generation(); now != seen_) {
      seen_ = now;
      value_ = snapshot_.get();
    }
    return value_;
  }

 private:
  const AtomicSnapshot<T>& snapshot_;
  std::uint64_t seen_;
  std::shared_ptr<const T> value_;
};

}  // namespace kordon::server
