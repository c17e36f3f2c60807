#pragma once

#include <chrono>
#include <cstddef>
#include <string_view>

namespace kordon::server {

/// Sends JSON lines to standard output: one for each event, and for each request if `with_access`. Call once, before
/// any thread starts; without it nothing is logged. Lines are flushed each second, events at once.
void start_log(bool with_access);

/// Writes out what is still buffered.
void flush_log();

/// One answered request. It holds the endpoint's pattern instead of the URL: coordinates are left out of logs.
struct AccessLine {
  std::string_view method;
  std::string_view route;
  int status = 0;
  std::size_t request_bytes = 0;  ///< of the body
  std::size_t response_bytes = 0;
  std::chrono::microseconds took{};
};

void log_access(const AccessLine& access);
void log_info(std::string_view event, std::string_view detail);
void log_error(std::string_view event, std::string_view detail);

}  // namespace kordon::server
