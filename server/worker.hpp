#pragma once

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>

#include "api/http.hpp"
#include "config/world.hpp"

namespace kordon::server {

class Session;

/// What every answer is made from; a reload stores another world.
using SharedWorld = std::atomic<std::shared_ptr<const config::World>>;

/// What makes the answers: api::answer, but for tests. It may throw.
using Answer = api::Response (*)(const config::World&, const api::Request&);

/// One thread with an io_context of its own, and the connections that it serves from accept to close: nothing of a
/// connection is shared, so nothing is locked.
class Worker {
 public:
  Worker(const config::ServerConfig& config, const SharedWorld& world, Answer make_answer);

  boost::asio::io_context& context() { return context_; }
  [[nodiscard]] const config::ServerConfig& config() const { return config_; }

  /// Serves until `stop` and until its last connection is gone. What a handler throws is logged, and serving goes on.
  void run();

  /// From any thread. Idle connections are closed a moment later, the others after the grace period.
  void stop();

  /// From any thread.
  void adopt(boost::asio::ip::tcp::socket socket);

  // For its sessions, on its thread.
  void enter(Session& session) { sessions_.insert(&session); }
  void leave(Session& session);
  [[nodiscard]] bool stopping() const { return stopping_; }
  [[nodiscard]] std::string_view date() const { return date_; }
  /// A problem that tells nothing where the machine fails.
  api::Response answer(const api::Request& request) const;

 private:
  void tick();
  void on_tick();
  void begin_stop();

  const config::ServerConfig& config_;
  const SharedWorld& world_;
  const Answer answer_;
  boost::asio::io_context context_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard_{context_.get_executor()};
  boost::asio::steady_timer timer_{context_};
  std::chrono::milliseconds tick_;
  std::chrono::steady_clock::time_point grace_end_;
  std::unordered_set<Session*> sessions_;
  std::string date_;
  bool stopping_ = false;
};

}  // namespace kordon::server
