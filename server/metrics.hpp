#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "api/http/message.hpp"

namespace kordon::server {

/// Counts up. One thread adds, any thread reads: an addition is a plain load and store.
class Counter {
 public:
  void add(std::uint64_t more) { value_.store(get() + more, std::memory_order_relaxed); }
  [[nodiscard]] std::uint64_t get() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_ = 0;
};

/// Upper bounds of the latency histogram's buckets, seconds; the last bucket has none.
inline constexpr std::array<double, 14> latency_bounds_s{0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005,
                                                         0.01,    0.025,  0.05,    0.1,    0.25,  1,      10};

/// The statuses that are counted each for itself; any other counts as 0.
inline constexpr std::array statuses{0,   200, 204, 206, 301, 302, 303, 304, 307, 308, 400, 401, 403, 404,
                                     405, 406, 408, 409, 413, 414, 415, 422, 429, 431, 500, 501, 503, 505};

/// Upper bounds of the buckets of turns, seconds; the last bucket has none.
inline constexpr std::array<double, 7> turn_bounds_s{0.0001, 0.001, 0.005, 0.01, 0.05, 0.1, 1};

/// Durations of turns: how long a worker was at one connection before the others.
struct TurnMetrics {
  std::array<Counter, turn_bounds_s.size() + 1> by_time;
  Counter ns;
};

/// Notes a turn, from here to its end.
class TurnTimer {
 public:
  explicit TurnTimer(TurnMetrics& metrics) : metrics_(metrics), begin_(Clock::now()) {}
  TurnTimer(const TurnTimer&) = delete;
  TurnTimer& operator=(const TurnTimer&) = delete;
  ~TurnTimer();

  [[nodiscard]] bool is_over(std::chrono::milliseconds limit) const { return Clock::now() - begin_ >= limit; }

 private:
  using Clock = std::chrono::steady_clock;

  TurnMetrics& metrics_;
  const Clock::time_point begin_;
};

/// Counters of one route.
struct RouteMetrics {
  std::string_view route;  ///< the endpoint's pattern, static storage
  std::array<Counter, statuses.size()> by_status;
  std::array<Counter, latency_bounds_s.size() + 1> by_latency;
  Counter latency_us;
};

/// One answered request.
struct Served {
  std::string_view route;  ///< static storage
  int status = 0;
  std::chrono::microseconds took{};
  evaluation::Work work = {};
};

/// The counters of one worker, written by its thread and read by any. Routes are few and fixed: what does not fit into
/// the table is counted under `-`.
class WorkerMetrics {
 public:
  void add(const Served& served);

  [[nodiscard]] std::size_t route_count() const { return route_count_.load(std::memory_order_acquire); }
  [[nodiscard]] const RouteMetrics& route(std::size_t i) const { return routes_[i]; }

  Counter evaluations;
  Counter rows;
  Counter rows_in_error;
  Counter cut_off;  ///< requests that did not come to their end
  TurnMetrics turns;

 private:
  RouteMetrics& find(std::string_view route);

  std::array<RouteMetrics, 48> routes_;
  std::atomic<std::size_t> route_count_ = 0;
};

}  // namespace kordon::server
