// Keep-alive, pipelining, HEAD, chunked and invited bodies, over real sockets.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "tests/api/test_world.hpp"
#include "tests/server/running.hpp"

using namespace kordon;
using test::get_text;
using test::Running;
using test::Wire;

TEST_CASE("a connection is kept alive as the request says") {
  const Running server;
  Wire wire(server.port());
  for (int i = 0; i < 3; ++i) {
    wire.send(get_text("/livez"));
    const auto answer = wire.receive();
    CHECK(Wire::status_of(answer) == 200);
    CHECK_FALSE(answer.contains("Connection:"));
    CHECK(answer.contains("Date: "));
  }
  wire.send("GET /livez HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n");
  CHECK(wire.receive().contains("Connection: close\r\n"));
  CHECK(wire.closed_within(std::chrono::seconds(1)));
}

TEST_CASE("HTTP/1.0 closes unless it asks to be kept alive") {
  const Running server;
  Wire once(server.port());
  once.send("GET /livez HTTP/1.0\r\n\r\n");
  CHECK(once.receive().contains("Connection: close\r\n"));
  CHECK(once.closed_within(std::chrono::seconds(1)));
  Wire kept(server.port());
  for (int i = 0; i < 2; ++i) {
    kept.send("GET /livez HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    CHECK(kept.receive().contains("Connection: keep-alive\r\n"));
  }
}

TEST_CASE("pipelined requests are answered in their order") {
  const Running server;
  Wire wire(server.port());
  std::string requests;
  for (int i = 0; i < 2000; ++i) requests += get_text("/v1/evaluate?lon=37&lat=50.6&accuracy_m=" + std::to_string(i));
  wire.send(requests + get_text("/nowhere"));
  for (int i = 0; i < 2000; ++i) {
    const auto answer = nlohmann::json::parse(Wire::body_of(wire.receive()));
    REQUIRE(answer["position"]["accuracy_m"] == i);
  }
  CHECK(Wire::status_of(wire.receive()) == 404);
}

TEST_CASE("after a request that closes, the rest of a pipeline is not answered") {
  const Running server;
  Wire wire(server.port());
  wire.send("GET /livez HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n" + get_text("/livez"));
  CHECK(Wire::status_of(wire.receive()) == 200);
  CHECK(wire.receive().empty());
}

TEST_CASE("a request may come byte by byte") {
  const Running server;
  Wire wire(server.port());
  const std::string body = R"({"lon":37,"lat":50.6})";
  for (const char c : "POST /v1/evaluate HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\nContent-Length: " +
                          std::to_string(body.size()) + "\r\n\r\n" + body) {
    wire.send({&c, 1});
  }
  CHECK(Wire::status_of(wire.receive()) == 200);
}

TEST_CASE("HEAD has the header of GET and no body") {
  const Running server;
  Wire wire(server.port());
  wire.send(get_text("/livez"));
  const auto got = wire.receive();
  wire.send("HEAD /livez HTTP/1.1\r\nHost: t\r\n\r\n" + get_text("/readyz"));
  const auto head = wire.receive_header();
  CHECK(head.contains("Content-Length: " + std::to_string(Wire::body_of(got).size()) + "\r\n"));
  const auto next = wire.receive();
  CHECK(next.starts_with("HTTP/1.1 200"));
  CHECK(Wire::body_of(next).contains("ready"));
}

TEST_CASE("a body may be chunked") {
  const Running server;
  Wire wire(server.port());
  wire.send(
      "POST /v1/evaluate HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\n"
      "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"lon\r\n10\r\n\":37,\"lat\":50.6}\r\n0\r\n\r\n" +
      get_text("/livez"));
  CHECK(Wire::body_of(wire.receive()).contains("verdicts"));
  CHECK(Wire::body_of(wire.receive()).contains("live"));
}

TEST_CASE("a client that expects it is invited to send the body") {
  const Running server;
  Wire wire(server.port());
  wire.send(
      "POST /v1/evaluate HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\nExpect: 100-continue\r\n"
      "Content-Length: 21\r\n\r\n");
  CHECK(wire.receive_header() == "HTTP/1.1 100 Continue\r\n\r\n");
  wire.send(R"({"lon":37,"lat":50.6})");
  CHECK(Wire::status_of(wire.receive()) == 200);
}

TEST_CASE("what a handler throws becomes a 500 that tells nothing, and the connection goes on") {
  const Running server(test::small_limits(), [](api::AnswerMemo&, const api::Request&) -> api::Response {
    throw std::runtime_error("secret");
  });
  Wire wire(server.port());
  for (int i = 0; i < 2; ++i) {
    wire.send(get_text("/v1/policies"));
    const auto answer = wire.receive();
    CHECK(Wire::status_of(answer) == 500);
    CHECK(answer.contains("/problems/internal"));
    CHECK_FALSE(answer.contains("secret"));
  }
}
