// Clients that send all before they read, and clients that never read.
#include <doctest/doctest.h>
#include <sys/socket.h>

#include <string>
#include <thread>

#include "tests/server/running.hpp"
#include "tests/server/streams.hpp"

using kordon::test::Running;
using kordon::test::Wire;
using std::chrono::milliseconds;

namespace {

constexpr std::size_t row_count = 60'000;

std::string many_rows() {
  std::string rows;
  for (std::size_t i = 0; i < row_count; ++i) rows += R"({"id":)" + std::to_string(i) + ",\"lon\":37,\"lat\":50.6}\n";
  return rows;
}

std::string request_of(const std::string& rows) {
  return kordon::test::stream_head("Content-Length: " + std::to_string(rows.size()) + "\r\n") + rows;
}

/// So that the kernel holds little for a client that does not read: two segments of the loopback, with less it crawls.
void hold_little(const Wire& wire) {
  const int bytes = 128 * 1024;
  setsockopt(wire.socket(), SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
}

}  // namespace

TEST_CASE("a client that sends all before it reads gets all, in order") {
  const Running server;
  Wire wire(server.port());
  hold_little(wire);
  wire.send(request_of(many_rows()));
  std::this_thread::sleep_for(milliseconds(300));
  CHECK(wire.receive_header().starts_with("HTTP/1.1 200"));
  const auto answer = wire.receive_chunked();
  CHECK(kordon::test::lines(answer) == row_count);
  std::size_t at = 0;
  for (std::size_t i = 0; i < row_count && at != answer.npos; ++i) {
    at = answer.find("{\"id\":" + std::to_string(i) + ",", at);
  }
  CHECK(at != answer.npos);
  wire.send(kordon::test::get_text("/metrics"));
  CHECK(wire.receive().contains("kordon_held_bytes{kind=\"spooled\"} 0\n"));
}

TEST_CASE("a client that sends no more once an answer begins gets it when all is sent") {
  auto config = kordon::test::small_limits();
  config.timeouts.body = milliseconds(60'000);
  config.limits.turn = milliseconds(1000);
  const Running server(config);
  Wire wire(server.port());
  const auto rows = many_rows();
  const std::string fields =
      "User-Agent: Python/3.11 aiohttp/3.14.5\r\nContent-Length: " + std::to_string(rows.size()) + "\r\n";
  wire.send(kordon::test::stream_head(fields) + rows.substr(0, rows.size() / 2));
  CHECK(!wire.ready_within(milliseconds(100)));
  wire.send(rows.substr(rows.size() / 2));
  CHECK(wire.ready_within(milliseconds(60'000)));
  CHECK(wire.receive_header().starts_with("HTTP/1.1 200"));
  CHECK(kordon::test::lines(wire.receive_chunked()) == row_count);
}

TEST_CASE("past its bound on disk a client that never reads is cut off within seconds") {
  auto config = kordon::test::small_limits();
  config.limits.stream_spool_bytes = 100'000;
  config.limits.turn = milliseconds(1000);
  config.timeouts.write = milliseconds(60'000);
  config.timeouts.body = milliseconds(60'000);
  const Running server(config);
  const auto begin = std::chrono::steady_clock::now();
  Wire wire(server.port());
  hold_little(wire);
  wire.send(request_of(many_rows()));  // which ends early
  CHECK_NOTHROW(wire.receive_rest());
  CHECK(std::chrono::steady_clock::now() - begin < milliseconds(45'000));
}
