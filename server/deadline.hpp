#pragma once

#include <chrono>

#include "config/server_config.hpp"

namespace kordon::server {

/// Event that a connection waits for.
enum class Wait { nothing, handshake, idle, header, body, piece, answer, write, linger };

/// Deadline of a connection's wait. A client that drips moves only the deadlines of waits that may be of any length: an
/// idle time, a stream's pieces, an answer's parts. Once it lingers, nothing moves.
class Deadline {
 public:
  using Time = std::chrono::steady_clock::time_point;

  explicit Deadline(const config::Timeouts& timeouts) : timeouts_(timeouts) {}

  void wait_for(Wait wait, Time now, bool stopping);
  /// The request is over, and the next wait is a new one.
  void begin_anew() { wait_ = Wait::nothing; }
  /// The server stops: an idle client may have sent a request that is still on its way.
  void stop_soon(Time now);

  [[nodiscard]] bool is_over(Time now) const { return now >= end_; }
  /// Whether a request has begun and is not received.
  [[nodiscard]] bool in_request() const { return wait_ == Wait::header || wait_ == Wait::body || wait_ == Wait::piece; }

 private:
  [[nodiscard]] std::chrono::milliseconds time_for(Wait wait, bool stopping) const;

  const config::Timeouts& timeouts_;
  Wait wait_ = Wait::nothing;
  Time end_;
};

}  // namespace kordon::server
