#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <memory>
#include <thread>
#include <vector>

#include "api/endpoints.hpp"
#include "config/world.hpp"
#include "server/worker.hpp"

namespace kordon::server {

/// The HTTP server: one listener, and workers that take turns with new connections.
class Server {
 public:
  /// Binds and listens. Throws boost::system::system_error where that fails.
  Server(config::ServerConfig config, std::shared_ptr<const config::World> world, Answer answer = api::answer);
  ~Server();

  /// Where it listens, the port that the system chose included.
  [[nodiscard]] config::Endpoint endpoint() const;

  /// Starts the workers' threads and returns.
  void start();

  /// From any thread, once or often: no new connections, requests under way are finished within the grace period.
  void stop();

  /// Waits until `stop` has done its work.
  void join();

 private:
  void listen();
  void accept();
  void on_accept(boost::system::error_code fault);
  void drain_backlog();
  void close_listener();
  Worker& next_worker() { return *workers_[next_++ % workers_.size()]; }

  config::ServerConfig config_;
  SharedWorld world_;
  std::vector<std::unique_ptr<Worker>> workers_;
  boost::asio::ip::tcp::acceptor acceptor_;
  boost::asio::steady_timer retry_;
  std::size_t next_ = 0;
  bool closing_ = false;  ///< on the first worker's thread
  std::vector<std::jthread> threads_;
};

}  // namespace kordon::server
