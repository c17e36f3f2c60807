#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "server/connection.hpp"
#include "server/service.hpp"
#include "server/shared.hpp"

namespace kordon::server {

/// One thread with an epoll of its own, and the connections that it serves from accept to close: nothing of a
/// connection is shared, so nothing of it is locked.
class Worker {
 public:
  explicit Worker(Shared& shared);
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  /// Serves until `stop` and until its last connection is gone. What a connection throws is logged and ends it alone.
  void run();

  /// From any thread. Idle connections are closed a moment later, the others after the grace period.
  void stop();

  /// From any thread.
  void adopt(Arrival arrival);

  // For its connections, on its thread.
  [[nodiscard]] Shared& shared() const { return shared_; }
  [[nodiscard]] const config::ServerConfig& config() const { return shared_.config; }
  [[nodiscard]] bool stopping() const { return stopping_; }
  /// As of this round of events.
  [[nodiscard]] std::chrono::steady_clock::time_point now() const { return now_; }
  Service& service() { return service_; }
  /// Lent for one read: what it holds is gone with the next connection's turn.
  std::span<char> read_buffer() { return read_buffer_; }
  /// Empty, with room; swapped with a connection's output while it has its turn.
  std::string& spare_output() { return spare_output_; }
  /// The connection has more to do, after the others.
  void give_turn(Connection& connection);

 private:
  void wait_for_events();
  void on_wake();
  void take_in(Arrival arrival);
  void take_turns();
  void bury_closed();
  void on_tick();
  void begin_stop();
  void wake() const;
  template <typename Work>
  void guarded(Connection& connection, Work work);

  Shared& shared_;
  Service service_;
  Descriptor epoll_;
  Descriptor wake_;
  std::mutex mutex_;
  std::vector<Arrival> arrivals_;  ///< guarded by `mutex_`
  std::atomic<bool> stop_asked_ = false;
  std::vector<std::unique_ptr<Connection>> connections_;
  std::vector<Connection*> turns_;
  std::vector<Connection*> closed_;
  std::vector<char> read_buffer_;
  std::string spare_output_;
  std::chrono::milliseconds tick_;
  std::chrono::steady_clock::time_point now_ = std::chrono::steady_clock::now();
  std::chrono::steady_clock::time_point next_tick_ = now_;
  std::chrono::steady_clock::time_point grace_end_;
  bool stopping_ = false;
};

}  // namespace kordon::server
