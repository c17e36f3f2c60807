#pragma once

#include <memory>
#include <thread>
#include <vector>

#include "api/endpoints.hpp"
#include "config/world.hpp"
#include "server/descriptor.hpp"
#include "server/shared.hpp"
#include "server/worker.hpp"

namespace kordon::server {

/// The HTTP server: a thread that accepts connections, and workers that take turns with them.
class Server {
 public:
  /// Binds and listens. Throws std::system_error where that fails.
  Server(config::ServerConfig config, WorldPointer world, Answer answer = api::answer);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Where it listens, the port that the system chose included.
  [[nodiscard]] config::Endpoint endpoint() const { return endpoint_; }

  /// Starts the threads and returns.
  void start();

  /// From any thread, once or often: /readyz says no, then no new connections, and requests and streams under way are
  /// finished within the grace period.
  void stop();

  /// Waits until `stop` has done its work.
  void join();

 private:
  void accept_until_stopped();
  void accept_waiting();
  bool accept_one();
  void close_listener();
  /// Whether `stop` was called before this time was over.
  bool stopped_within(std::chrono::milliseconds time, bool or_connection);

  Shared shared_;
  Descriptor listener_;
  config::Endpoint endpoint_;
  Descriptor wake_;  ///< readable once `stop` was called
  std::vector<std::unique_ptr<Worker>> workers_;
  std::size_t next_ = 0;
  std::vector<std::jthread> threads_;
};

}  // namespace kordon::server
