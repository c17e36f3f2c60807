#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

#include "api/endpoints.hpp"
#include "server/answer_queue.hpp"
#include "server/descriptor.hpp"
#include "server/shared.hpp"
#include "server/tls.hpp"
#include "server/worker.hpp"
#include "world/world.hpp"

namespace kordon::server {

/// The HTTP server: a thread that accepts connections, and workers that take turns with them.
class Server {
 public:
  /// Binds and listens. `config` holds for good, whatever the configuration of a later world says. Throws
  /// std::system_error where that fails, std::runtime_error for a bad certificate.
  Server(config::ServerConfig config, WorldPointer world, Answer answer = api::answer);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Endpoint that it listens on, with the port that the system chose.
  [[nodiscard]] const config::Endpoint& endpoint() const { return endpoint_; }
  /// Endpoint of the operators' listener, if there is one.
  [[nodiscard]] const std::optional<config::Endpoint>& admin_endpoint() const { return admin_endpoint_; }

  /// Starts the threads and returns.
  void start();

  /// Serves another world, from any thread: requests from now on are answered from it and admitted by its tokens, and
  /// the certificate is read again; where it cannot be read, the world is refused (`refuse_world`), and this is false.
  /// Requests and streams under way keep the world that they began with. Settings stay as the constructor got them.
  bool serve_world(WorldPointer world);
  /// Renews tokens and certificate, from any thread: reads this file of tokens (empty: none are asked for) and the
  /// certificate again, whatever else is faulty. A line that cannot be read lets nobody in; where the whole file or the
  /// certificate cannot be read, what was before stays and the log says so.
  void renew_credentials(const std::filesystem::path& tokens);
  /// Notes that a reload failed, from any thread: /readyz, a metric and the log say so, and nothing else changes.
  void refuse_world(const Faults& faults);

  /// Stops the server, from any thread, once or often: /readyz says no, then no new connections, and requests and
  /// streams under way are finished within the grace period.
  void stop();

  /// Waits until `stop` has done its work.
  void join();

 private:
  void accept_until_stopped();
  void accept_waiting();
  bool accept_one(const Descriptor& listener, bool operators);
  void close_listeners();

  Shared shared_;
  std::optional<AtomicSnapshot<TlsIdentity>> tls_;
  Descriptor listener_;
  Descriptor admin_listener_;
  const config::Endpoint endpoint_;
  const std::optional<config::Endpoint> admin_endpoint_;
  Descriptor wake_;  ///< readable once `stop` was called
  std::vector<std::unique_ptr<Worker>> workers_;
  AnswerQueue answers_;  ///< tells the workers, so it goes before them
  std::size_t next_ = 0;
  std::vector<std::jthread> threads_;
};

}  // namespace kordon::server
