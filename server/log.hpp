#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

namespace kordon::server {

/// Sends JSON lines to standard output: one for each event, and for each request if `with_access`. Call once, before
/// any thread starts; without it nothing is logged. Lines are flushed each second, events at once.
void start_log(bool with_access);

/// Writes out all buffered lines.
void flush_log();

/// One answered request. It holds the endpoint's pattern instead of the URL: coordinates are left out of logs.
struct AccessLine {
  std::string_view method;
  std::string_view route;
  std::string_view target;  ///< only where the configuration wants positions in the log
  std::string_view request_id;
  std::string_view trace_id;
  std::string_view token;  ///< name of the bearer token
  int status = 0;
  std::size_t request_bytes = 0;  ///< of the body
  std::size_t response_bytes = 0;
  std::chrono::microseconds took{};
  std::string_view cut_off = {};  ///< why it did not come to its end; empty: it did
};

/// Gathers the lines of one thread and hands them over many at a time, so that a request costs no lock and, as a rule,
/// no allocation.
class AccessLog {
 public:
  AccessLog();
  ~AccessLog() { flush(); }
  AccessLog(const AccessLog&) = delete;
  AccessLog& operator=(const AccessLog&) = delete;

  void add(const AccessLine& line);
  void flush();

 private:
  void write_time();

  bool enabled_;
  std::string lines_;
  std::chrono::sys_seconds second_{};
  std::string second_text_;  ///< `2024-05-30T00:00:00`, of `second_`
};

void log_info(std::string_view event, std::string_view detail);
void log_error(std::string_view event, std::string_view detail);

}  // namespace kordon::server
