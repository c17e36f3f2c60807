#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "server/budget.hpp"
#include "server/metrics.hpp"

namespace kordon::server {

/// Figures of the server beside the workers' counters.
struct ServerFigures {
  std::size_t connections = 0;
  std::size_t streams = 0;
  std::array<std::size_t, hold_names.size()> held{};  ///< bytes, by Hold
  std::size_t answers_being_made = 0;
  std::uint64_t answers_refused = 0;
  std::uint64_t connections_refused = 0;
  std::uint64_t reloads = 0;
  std::uint64_t reloads_refused = 0;
  bool last_reload_good = true;
  std::string_view data_version;
  std::string_view engine;
};

/// The Prometheus text format (version 0.0.4), the counters of all workers added up.
std::string metrics_text(std::span<const WorkerMetrics* const> workers, const ServerFigures& figures);

}  // namespace kordon::server
