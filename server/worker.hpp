#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <vector>

#include "server/connection.hpp"
#include "server/service.hpp"
#include "server/shared.hpp"

namespace kordon::server {

/// One thread with an event loop of its own, and the connections that it serves from accept to close: nothing of a
/// connection is shared, so nothing of it is locked.
class Worker {
 public:
  explicit Worker(Shared& shared);
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  /// Serves until `stop` and until its last connection is gone.
  void run();

  /// Stops the worker, from any thread. Idle connections are closed a moment later, the others after the grace period.
  void stop();

  /// Takes over a new connection, from any thread.
  void adopt(Arrival arrival);

  // For its connections, on its thread.
  asio::io_context& context() { return context_; }
  [[nodiscard]] Shared& shared() const { return shared_; }
  [[nodiscard]] const config::ServerConfig& config() const { return shared_.config; }
  [[nodiscard]] bool stopping() const { return stopping_; }
  [[nodiscard]] static std::chrono::steady_clock::time_point now() { return std::chrono::steady_clock::now(); }
  Service& service() { return service_; }
  /// Calls `work` once everything else that is ready by then has had its turn, and nothing else that is put off before
  /// what comes meanwhile has had its own: small requests pass streams.
  void put_off(std::function<void()> work);
  /// Forgets a closed connection; it lives until its pending handlers have been called.
  void forget(const Connection& connection);

 private:
  void take_in(Arrival arrival);
  void call_put_off();
  void wait_for_tick();
  void on_tick();
  void give_memory_back();
  void begin_stop();

  Shared& shared_;
  Service service_;
  asio::io_context context_{BOOST_ASIO_CONCURRENCY_HINT_UNSAFE_IO};  // its sockets are used by its thread alone
  asio::steady_timer ticks_{context_};
  std::vector<std::shared_ptr<Connection>> connections_;
  std::deque<std::function<void()>> put_off_;
  std::size_t most_connections_ = 0;  ///< since memory was last given back
  std::chrono::milliseconds tick_;
  std::chrono::steady_clock::time_point grace_end_;
  bool stopping_ = false;
};

}  // namespace kordon::server
