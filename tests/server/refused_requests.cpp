// What is too large, too slow or no HTTP: an answer where one can be given, and the connection is closed.
#include <doctest/doctest.h>

#include <string>
#include <thread>
#include <vector>

#include "tests/server/running.hpp"

using namespace kordon;
using kordon::test::get_text;
using kordon::test::Running;
using kordon::test::Wire;
using std::chrono::milliseconds;

namespace {

std::string post_header(std::size_t length) {
  return "POST /v1/evaluate HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\nContent-Length: " +
         std::to_string(length) + "\r\n\r\n";
}

/// The status of the only answer, after which the server closes.
int status_after(const kordon::test::Running& server, std::string_view bytes) {
  kordon::test::Wire wire(server.port());
  wire.send(bytes);
  const auto answer = wire.receive();
  CHECK(answer.contains("application/problem+json"));
  CHECK(answer.contains("Connection: close\r\n"));
  CHECK(wire.receive().empty());
  return kordon::test::Wire::status_of(answer);
}

}  // namespace

TEST_CASE("a body over the limit is refused before it is read, one at the limit is not") {
  const kordon::test::Running server;
  CHECK(status_after(server, post_header(1001)) == 413);
  CHECK(status_after(server, post_header(100'000) + std::string(100'000, ' ')) == 413);
  CHECK(status_after(server, post_header(99'999'999'999)) == 413);
  kordon::test::Wire wire(server.port());
  const std::string object = R"({"lon":37,"lat":50.6})";
  wire.send(post_header(1000) + object + std::string(1000 - object.size(), ' '));
  CHECK(kordon::test::Wire::status_of(wire.receive()) == 200);
}

TEST_CASE("a chunked body over the limit is refused as it grows") {
  const kordon::test::Running server;
  std::string chunks = "POST /v1/evaluate HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (int i = 0; i < 50; ++i) chunks += "20\r\n" + std::string(32, ' ') + "\r\n";
  CHECK(status_after(server, chunks) == 413);
}

TEST_CASE("header fields over the limit are 431, in one piece or in many") {
  const kordon::test::Running server;
  const std::string start = "GET /livez HTTP/1.1\r\nHost: t\r\n";
  CHECK(status_after(server, start + "X: " + std::string(3000, 'x') + "\r\n\r\n") == 431);
  kordon::test::Wire wire(server.port());
  wire.send(start);
  for (int i = 0; i < 60; ++i) {
    wire.send("X: " + std::string(50, 'x') + "\r\n");
    std::this_thread::sleep_for(milliseconds(1));
  }
  CHECK(kordon::test::Wire::status_of(wire.receive()) == 431);
}

TEST_CASE("a URL over the limit is 414, and one of 1,500 bytes is none") {
  const kordon::test::Running server;
  CHECK(status_after(server, kordon::test::get_text("/livez?" + std::string(5000, 'x'))) == 414);
  CHECK(status_after(server, "GET /" + std::string(2100, 'x')) == 414);
  kordon::test::Wire wire(server.port());
  wire.send(kordon::test::get_text("/livez?" + std::string(1500, 'x')));
  CHECK(kordon::test::Wire::status_of(wire.receive()) == 200);
}

TEST_CASE("what is no HTTP/1.1 is 400") {
  const kordon::test::Running server;
  const std::vector<std::string> messages{
      "hello\r\n\r\n",
      "GET  /livez HTTP/1.1\r\nHost: t\r\n\r\n",
      "GET /livez\r\n\r\n",
      "GET /livez HTTP/1.1\nHost: t\n\n",
      "GET /livez HTTP/1.1\r\n\r\n",
      "GET /livez HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
      "GET /livez HTTP/1.1\r\nHost : t\r\n\r\n",
      "GET /livez HTTP/1.1\r\nHost: t\r\nno colon\r\n\r\n",
      "POST /livez HTTP/1.1\r\nHost: t\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
      "POST /livez HTTP/1.1\r\nHost: t\r\nContent-Length: -1\r\n\r\n",
      "POST /livez HTTP/1.1\r\nHost: t\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      "POST /livez HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
      std::string("GET /\0 HTTP/1.1\r\nHost: t\r\n\r\n", 28),
  };
  for (const auto& message : messages) {
    CAPTURE(message);
    CHECK(status_after(server, message) == 400);
  }
}

TEST_CASE("a request that does not arrive in time is 408, even if bytes keep dripping") {
  const kordon::test::Running server;
  kordon::test::Wire silent(server.port());
  silent.send("GET /livez HT");
  CHECK(kordon::test::Wire::status_of(silent.receive()) == 408);
  CHECK(silent.closed_within(milliseconds(500)));
  kordon::test::Wire dripping(server.port());
  const auto start = std::chrono::steady_clock::now();
  dripping.send("GET /livez HTTP/1.1\r\n");
  while (!dripping.ready_within(milliseconds(20)) &&
         std::chrono::steady_clock::now() - start < std::chrono::seconds(2)) {
    dripping.send("X: y\r\n");
  }
  CHECK(std::chrono::steady_clock::now() - start < milliseconds(1000));
  CHECK(kordon::test::Wire::status_of(dripping.receive()) == 408);
}

TEST_CASE("an idle connection is closed without a word") {
  const kordon::test::Running server;
  kordon::test::Wire wire(server.port());
  wire.send(kordon::test::get_text("/livez"));
  wire.receive();
  CHECK_FALSE(wire.closed_within(milliseconds(300)));
  CHECK(wire.closed_within(milliseconds(1000)));
  CHECK(wire.receive().empty());
}
