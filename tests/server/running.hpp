#pragma once

#include "tests/api/test_world.hpp"
#include "tests/server/wire.hpp"

namespace kordon::test {

/// A server that runs as long as the test.
class Running {
 public:
  explicit Running(const config::ServerConfig& config = small_limits(), server::Answer answer = api::answer)
      : server_(config, world(), answer) {
    server_.start();
    port_ = server_.endpoint().port;
  }

  [[nodiscard]] std::uint16_t port() const { return port_; }
  server::Server& server() { return server_; }

 private:
  static std::shared_ptr<const world::World> world() {
    static const auto shared = small_world();
    return shared;
  }

  server::Server server_;
  std::uint16_t port_ = 0;
};

}  // namespace kordon::test
