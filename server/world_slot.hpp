#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>

#include "config/world.hpp"

namespace kordon::server {

using WorldPointer = std::shared_ptr<const config::World>;

/// The world that is served; a reload puts another one in. Safe from any thread.
class WorldSlot {
 public:
  explicit WorldSlot(WorldPointer world) : world_(std::move(world)) {}

  [[nodiscard]] WorldPointer get() const {
    const std::scoped_lock lock(mutex_);
    return world_;
  }
  void set(WorldPointer world) {
    const std::scoped_lock lock(mutex_);
    world_.swap(world);
    generation_.fetch_add(1, std::memory_order_release);
  }
  /// Changes with each `set`.
  [[nodiscard]] std::uint64_t generation() const { return generation_.load(std::memory_order_acquire); }

 private:
  mutable std::mutex mutex_;
  WorldPointer world_;
  std::atomic<std::uint64_t> generation_ = 0;
};

/// One thread's view of the slot, which costs it one read of a number for each request.
class PinnedWorld {
 public:
  explicit PinnedWorld(const WorldSlot& slot) : slot_(slot), seen_(slot.generation()), world_(slot.get()) {}

  /// The newest world. It stays the same until the next call.
  const WorldPointer& get() {
    if (const auto now = slot_.generation(); now != seen_) {
      seen_ = now;
      world_ = slot_.get();
    }
    return world_;
  }

 private:
  const WorldSlot& slot_;
  std::uint64_t seen_;
  WorldPointer world_;
};

}  // namespace kordon::server
