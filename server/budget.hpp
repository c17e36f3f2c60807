#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "config/server_config.hpp"

namespace kordon::server {

/// Purpose that bytes are held for.
enum class Hold : std::uint8_t {
  received,  ///< came from a client and is not yet taken apart
  parsed,    ///< taken apart, or being answered: unfinished rows, whole bodies
  waiting,   ///< answers that their client has not taken yet, in memory
  spooled,   ///< the same, on disk
  count,
};

inline constexpr std::array<std::string_view, static_cast<std::size_t>(Hold::count)> hold_names{"received", "parsed",
                                                                                                "waiting", "spooled"};

/// The bytes that a server holds for all its clients, and the bounds on them. Safe from any thread; a snapshot, not a
/// lock: threads that ask at the same time can pass a bound by as much as each of them asks for.
class Budget {
 public:
  explicit Budget(const config::Limits& limits) : limits_(limits) {}

  [[nodiscard]] std::size_t held(Hold kind) const { return of(kind).load(std::memory_order_relaxed); }
  /// Bytes held of each kind, in the order of `hold_names`.
  [[nodiscard]] std::array<std::size_t, hold_names.size()> held() const {
    return {held(Hold::received), held(Hold::parsed), held(Hold::waiting), held(Hold::spooled)};
  }
  /// Bytes held in memory, of all kinds.
  [[nodiscard]] std::size_t in_memory() const {
    return held(Hold::received) + held(Hold::parsed) + held(Hold::waiting);
  }
  [[nodiscard]] bool has_room(std::size_t more_bytes) const { return in_memory() + more_bytes <= limits_.held_bytes; }
  [[nodiscard]] bool has_disk(std::size_t more_bytes) const {
    return held(Hold::spooled) + more_bytes <= limits_.spool_bytes;
  }

  void add(Hold kind, std::size_t bytes) { of(kind).fetch_add(bytes, std::memory_order_relaxed); }
  void subtract(Hold kind, std::size_t bytes) { of(kind).fetch_sub(bytes, std::memory_order_relaxed); }

 private:
  std::atomic<std::size_t>& of(Hold kind) { return held_[static_cast<std::size_t>(kind)]; }
  [[nodiscard]] const std::atomic<std::size_t>& of(Hold kind) const { return held_[static_cast<std::size_t>(kind)]; }

  const config::Limits limits_;
  std::array<std::atomic<std::size_t>, static_cast<std::size_t>(Hold::count)> held_{};
};

/// Share of one client in the budget, of one kind; given back at its end. Less than `unnoticed_bytes` are not counted,
/// so that small requests touch no memory that all threads share.
class BudgetShare {
 public:
  static constexpr std::size_t few_bytes = 16 * 1024;

  BudgetShare(Budget& budget, Hold kind, std::size_t unnoticed_bytes = few_bytes)
      : budget_(budget), kind_(kind), unnoticed_bytes_(unnoticed_bytes) {}
  BudgetShare(const BudgetShare&) = delete;
  BudgetShare& operator=(const BudgetShare&) = delete;
  ~BudgetShare() { set(0); }

  void set(std::size_t bytes) {
    const std::size_t counted = bytes < unnoticed_bytes_ ? 0 : bytes;
    if (counted > counted_) budget_.add(kind_, counted - counted_);
    if (counted < counted_) budget_.subtract(kind_, counted_ - counted);
    counted_ = counted;
  }
  /// Whether so many more would be within the bound; few always are.
  [[nodiscard]] bool has_room(std::size_t more_bytes) const {
    return more_bytes < unnoticed_bytes_ || budget_.has_room(more_bytes);
  }

 private:
  Budget& budget_;
  Hold kind_;
  std::size_t unnoticed_bytes_;
  std::size_t counted_ = 0;
};

}  // namespace kordon::server
