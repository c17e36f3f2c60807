// Starting, stopping and running out of descriptors.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <memory>
#include <thread>
#include <vector>

#include "tests/server/running.hpp"

using namespace kordon;
using kordon::test::get_text;
using kordon::test::Running;
using kordon::test::Wire;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

TEST_CASE("stopping closes idle connections and takes no new ones") {
  kordon::test::Running running;
  kordon::test::Wire idle(running.port());
  idle.send(kordon::test::get_text("/livez"));
  idle.receive();
  const auto start = Clock::now();
  running.server().stop();
  running.server().join();
  CHECK(Clock::now() - start < milliseconds(1000));
  CHECK(idle.closed_within(milliseconds(100)));
  CHECK_THROWS(kordon::test::Wire(running.port()));
}

TEST_CASE("a request that has begun to arrive is still answered, and told that it was the last") {
  auto config = kordon::test::small_limits();
  config.timeouts.header = milliseconds(10'000);
  kordon::test::Running running(config);
  kordon::test::Wire wire(running.port());
  wire.send("GET /livez HTTP/1.1\r\nHost:");
  std::this_thread::sleep_for(milliseconds(50));
  running.server().stop();
  std::this_thread::sleep_for(milliseconds(150));
  wire.send(" t\r\n\r\n");
  const auto answer = wire.receive();
  CHECK(kordon::test::Wire::status_of(answer) == 200);
  CHECK(answer.contains("Connection: close\r\n"));
  running.server().join();
}

TEST_CASE("a request that crosses the stop on an idle connection is answered") {
  kordon::test::Running running;
  kordon::test::Wire wire(running.port());
  wire.send(kordon::test::get_text("/livez"));
  wire.receive();
  running.server().stop();
  std::this_thread::sleep_for(milliseconds(120));
  wire.send(kordon::test::get_text("/livez"));
  CHECK(wire.receive().contains("Connection: close\r\n"));
  running.server().join();
}

TEST_CASE("stopping does not wait for a client beyond the grace period") {
  auto config = kordon::test::small_limits();
  config.timeouts.header = std::chrono::seconds(60);
  kordon::test::Running running(config);
  kordon::test::Wire wire(running.port());
  wire.send("GET /livez");
  std::this_thread::sleep_for(milliseconds(50));
  const auto start = Clock::now();
  running.server().stop();
  running.server().join();
  CHECK(Clock::now() - start >= milliseconds(350));
  CHECK(Clock::now() - start < milliseconds(1500));
}

TEST_CASE("requests under load are answered or their connections never taken") {
  kordon::test::Running running;
  std::vector<std::jthread> clients;
  std::atomic<int> lost = 0;
  std::atomic<int> answered = 0;
  for (int i = 0; i < 4; ++i) {
    clients.emplace_back([&] {
      try {
        for (;;) {
          kordon::test::Wire wire(running.port());
          wire.send(kordon::test::get_text("/v1/evaluate?lon=37&lat=50.6"));
          kordon::test::Wire::status_of(wire.receive()) == 200 ? ++answered : ++lost;
        }
      } catch (const std::runtime_error&) {
        // Refused: the listener is gone.
      }
    });
  }
  std::this_thread::sleep_for(milliseconds(100));
  running.server().stop();
  running.server().join();
  clients.clear();
  CHECK(answered > 0);
  CHECK(lost == 0);
}

TEST_CASE("running out of descriptors does not end the listener") {
  kordon::test::Running running;
  rlimit before{};
  getrlimit(RLIMIT_NOFILE, &before);
  const int free_descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC);
  close(free_descriptor);
  rlimit few = before;
  few.rlim_cur = static_cast<rlim_t>(free_descriptor) + 20;
  setrlimit(RLIMIT_NOFILE, &few);
  {
    std::vector<std::unique_ptr<kordon::test::Wire>> wires;
    CHECK_THROWS([&] {
      for (;;) wires.push_back(std::make_unique<kordon::test::Wire>(running.port()));
    }());
    std::this_thread::sleep_for(milliseconds(250));
  }
  setrlimit(RLIMIT_NOFILE, &before);
  kordon::test::Wire wire(running.port());
  wire.send(kordon::test::get_text("/livez"));
  CHECK(kordon::test::Wire::status_of(wire.receive()) == 200);
}

TEST_CASE("an address that cannot be had is said at once") {
  const kordon::test::Running running;
  auto config = kordon::test::small_limits();
  config.listen.port = running.port();
  CHECK_THROWS(kordon::server::Server(config, kordon::test::small_world()));
}
