#include "server/metrics.hpp"

#include <algorithm>

namespace kordon::server {
namespace {

std::size_t status_index(int status) {
  const auto* const found = std::ranges::find(statuses, status);
  return found == statuses.end() ? 0 : static_cast<std::size_t>(found - statuses.begin());
}

std::size_t latency_bucket(std::chrono::microseconds took) {
  const auto seconds = std::chrono::duration<double>(took).count();
  return static_cast<std::size_t>(std::ranges::lower_bound(latency_bounds_s, seconds) - latency_bounds_s.begin());
}

}  // namespace

TurnTimer::~TurnTimer() {
  const auto took = Clock::now() - begin_;
  const auto* const bound = std::ranges::lower_bound(turn_bounds_s, std::chrono::duration<double>(took).count());
  metrics_.by_time[static_cast<std::size_t>(bound - turn_bounds_s.begin())].add(1);
  metrics_.ns.add(static_cast<std::uint64_t>(std::chrono::nanoseconds(took).count()));
}

RouteMetrics& WorkerMetrics::find(std::string_view route) {
  const auto count = route_count_.load(std::memory_order_relaxed);
  for (std::size_t i = 0; i < count; ++i) {
    if (routes_[i].route == route) return routes_[i];
  }
  if (count == routes_.size()) return routes_.back();
  routes_[count].route = count + 1 < routes_.size() ? route : "-";
  route_count_.store(count + 1, std::memory_order_release);
  return routes_[count];
}

void WorkerMetrics::add(const Served& served) {
  auto& route = find(served.route);
  route.by_status[status_index(served.status)].add(1);
  route.by_latency[latency_bucket(served.took)].add(1);
  route.latency_us.add(static_cast<std::uint64_t>(served.took.count()));
  if (served.status == 0) cut_off.add(1);
  evaluations.add(served.work.evaluations);
  rows.add(served.work.rows);
  rows_in_error.add(served.work.rows_in_error);
}

}  // namespace kordon::server
