// Connections over the limits, and header sizes to the byte.
#include <doctest/doctest.h>

#include <memory>
#include <thread>
#include <vector>

#include "tests/server/running.hpp"

using namespace kordon;
using kordon::test::get_text;
using kordon::test::Running;
using kordon::test::Wire;
using std::chrono::milliseconds;

namespace {

/// The status of the answer to a request on a new connection.
int status_on(std::uint16_t port) {
  kordon::test::Wire wire(port);
  wire.send(kordon::test::get_text("/livez"));
  return kordon::test::Wire::status_of(wire.receive());
}

int status_of_head(const kordon::test::Running& server, std::size_t bytes, bool in_pieces) {
  const std::string start = "GET /livez HTTP/1.1\r\nHost: t\r\n";
  std::string head = start;
  while (head.size() + 60 < bytes) head += "X: " + std::string(40, 'x') + "\r\n";
  head += "X: " + std::string(bytes - head.size() - 7, 'x') + "\r\n\r\n";
  REQUIRE(head.size() == bytes);
  kordon::test::Wire wire(server.port());
  if (in_pieces) {
    for (const char c : head) wire.send({&c, 1});
  } else {
    wire.send(head);
  }
  return kordon::test::Wire::status_of(wire.receive());
}

}  // namespace

TEST_CASE("a header of 2,000 bytes passes where 2,000 are allowed, one of 2,001 does not") {
  const kordon::test::Running server;
  for (const bool in_pieces : {false, true}) {
    CAPTURE(in_pieces);
    CHECK(status_of_head(server, 2000, in_pieces) == 200);
    CHECK(status_of_head(server, 2001, in_pieces) == 431);
  }
}

TEST_CASE("/v1/limits states what is enforced: the server's settings, whatever the configuration of its world says") {
  const kordon::test::Running server;  // over a world whose configuration allows 5 rows
  kordon::test::Wire wire(server.port());
  wire.send(get_text("/v1/limits"));
  const auto limits = wire.receive();
  CHECK(limits.contains(R"("batch_rows":100,)"));
  CHECK(limits.contains(R"("header_bytes":2000,)"));
  std::string body = "[";
  for (int i = 0; i < 6; ++i) body += R"({"lon":37,"lat":51},)";
  body.back() = ']';
  wire.send(
      "POST /v1/evaluate?at=2024-06-15T00:00:00Z HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\n"
      "Content-Length: " +
      std::to_string(body.size()) + "\r\n\r\n" + body);
  CHECK(Wire::status_of(wire.receive()) == 200);
}

TEST_CASE("a connection over a limit is told so with Retry-After, and is let in when another has gone") {
  for (const bool for_each_address : {false, true}) {
    auto config = kordon::test::small_limits();
    (for_each_address ? config.limits.connections_per_address : config.limits.connections) = 2;
    config.timeouts.idle = milliseconds(20'000);
    const kordon::test::Running server(config);
    kordon::test::Wire first(server.port());
    auto second = std::make_unique<kordon::test::Wire>(server.port());
    for (auto* wire : {&first, second.get()}) {
      wire->send(kordon::test::get_text("/livez"));
      CHECK(kordon::test::Wire::status_of(wire->receive()) == 200);
    }
    kordon::test::Wire third(server.port());
    const auto problem = third.receive();
    CHECK(kordon::test::Wire::status_of(problem) == 503);
    CHECK(problem.contains("Retry-After: "));
    CHECK(problem.contains("Connection: close\r\n"));
    CHECK(third.receive().empty());
    second.reset();
    int status = 0;
    for (int tries = 0; tries < 100 && status != 200; ++tries) {
      std::this_thread::sleep_for(milliseconds(10));
      status = status_on(server.port());
    }
    CHECK(status == 200);
  }
}

TEST_CASE("a client that asks and does not read is cut off when its time to be written to is over") {
  const auto bytes_after = [](milliseconds write_time) {
    auto config = kordon::test::small_limits();
    config.timeouts.write = write_time;
    const kordon::test::Running server(config);
    kordon::test::Wire wire(server.port());
    for (int i = 0; i < 300; ++i) wire.send(kordon::test::get_text("/openapi.json"));
    std::this_thread::sleep_for(milliseconds(800));
    return wire.receive_rest().size();
  };
  const auto all = bytes_after(milliseconds(20'000));
  CHECK(all > 10'000'000);  // more than sockets hold
  CHECK(bytes_after(milliseconds(200)) < all);
}

TEST_CASE("bodies that are received whole are limited together") {
  auto config = kordon::test::small_limits();
  config.limits.body_bytes = 1'000'000;
  config.limits.held_bytes = 1'500'000;
  config.timeouts.body = milliseconds(20'000);
  const kordon::test::Running server(config);
  const std::string head =
      "POST /v1/evaluate HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n";
  kordon::test::Wire first(server.port());
  first.send(head + std::string(999'999, ' '));
  std::this_thread::sleep_for(milliseconds(100));
  kordon::test::Wire second(server.port());
  second.send(head + std::string(999'999, ' '));
  CHECK(kordon::test::Wire::status_of(second.receive()) == 503);
  first.send(" ");
  CHECK(kordon::test::Wire::status_of(first.receive()) == 400);
  std::this_thread::sleep_for(milliseconds(50));
  kordon::test::Wire third(server.port());
  third.send(head + std::string(1'000'000, ' '));
  CHECK(kordon::test::Wire::status_of(third.receive()) == 400);
}
