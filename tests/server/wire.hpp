#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "server/server.hpp"

namespace kordon::test {

/// A server on a free port of 127.0.0.1 over the small world, with two threads and small limits:
/// body 1,000 bytes, header 2,000 bytes, read 300 ms, idle 600 ms, shutdown 400 ms.
config::ServerConfig small_limits();

/// A connection that sends and receives bytes as they are. Waits for at most five seconds.
class Wire {
 public:
  explicit Wire(std::uint16_t port);
  ~Wire();
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  [[nodiscard]] int socket() const { return socket_; }
  void send(std::string_view bytes);
  /// One answer: status line, header fields and as many bytes of body as they say. Empty once the server has closed.
  std::string receive();
  /// An answer without a body, to HEAD or with status 100.
  std::string receive_header();
  /// The content of one chunk; empty for the last one.
  std::string receive_chunk();
  /// The contents of all chunks up to the last one. Throws if the connection ends before.
  std::string receive_chunked();
  /// All bytes until the server closes.
  std::string receive_rest();
  /// True once the server closes or resets, false if it does not within this time.
  bool closed_within(std::chrono::milliseconds time);
  /// True once there is something to receive, or the connection is closed.
  bool ready_within(std::chrono::milliseconds time) const;
  /// What an answer that was received starts with, `HTTP/1.1 200`, without its version: 0 for none.
  static int status_of(std::string_view answer);
  static std::string body_of(std::string_view answer);

 private:
  bool fill(int timeout_ms);

  int socket_;
  std::string buffer_;
};

/// `GET` with a Host, kept alive.
std::string get_text(std::string_view target);

}  // namespace kordon::test
