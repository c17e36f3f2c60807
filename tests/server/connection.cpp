// Keep-alive, pipelining, HEAD, chunked and invited bodies, over real sockets.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "tests/api/test_world.hpp"
#include "tests/server/running.hpp"

using namespace kordon;
using kordon::test::get_text;
using kordon::test::Running;
using kordon::test::Wire;

TEST_CASE("a connection is kept alive as the request says") {
  const kordon::test::Running server;
  kordon::test::Wire wire(server.port());
  for (int i = 0; i < 3; ++i) {
    wire.send(kordon::test::get_text("/livez"));
    const auto answer = wire.receive();
    CHECK(kordon::test::Wire::status_of(answer) == 200);
    CHECK_FALSE(answer.contains("Connection:"));
    CHECK(answer.contains("Date: "));
  }
  wire.send("GET /livez HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n");
  CHECK(wire.receive().contains("Connection: close\r\n"));
  CHECK(wire.closed_within(std::chrono::seconds(1)));
}

TEST_CASE("HTTP/1.0 closes unless it asks to be kept alive") {
  const kordon::test::Running server;
  kordon::test::Wire once(server.port());
  once.send("GET /livez HTTP/1.0\r\n\r\n");
  CHECK(once.receive().contains("Connection: close\r\n"));
  CHECK(once.closed_within(std::chrono::seconds(1)));
  kordon::test::Wire kept(server.port());
  for (int i = 0; i < 2; ++i) {
    kept.send("GET /livez HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    CHECK(kept.receive().contains("Connection: keep-alive\r\n"));
  }
}

TEST_CASE("pipelined requests are answered in their order") {
  const kordon::test::Running server;
  kordon::test::Wire wire(server.port());
  std::string requests;
  for (int i = 0; i < 2000; ++i)
    requests += kordon::test::get_text("/v1/evaluate?lon=37&lat=50.6&accuracy_m=" + std::to_string(i));
  wire.send(requests + kordon::test::get_text("/nowhere"));
  for (int i = 0; i < 2000; ++i) {
    const auto answer = nlohmann::json::parse(kordon::test::Wire::body_of(wire.receive()));
    REQUIRE(answer["position"]["accuracy_m"] == i);
  }
  CHECK(kordon::test::Wire::status_of(wire.receive()) == 404);
}

TEST_CASE("after a request that closes, the rest of a pipeline is not answered") {
  const kordon::test::Running server;
  kordon::test::Wire wire(server.port());
  wire.send("GET /livez HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n" + kordon::test::get_text("/livez"));
  CHECK(kordon::test::Wire::status_of(wire.receive()) == 200);
  CHECK(wire.receive().empty());
}

TEST_CASE("a request may come byte by byte") {
  const kordon::test::Running server;
  kordon::test::Wire wire(server.port());
  const std::string body = R"({"lon":37,"lat":50.6})";
  for (const char c : "POST /v1/evaluate HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\nContent-Length: " +
                          std::to_string(body.size()) + "\r\n\r\n" + body) {
    wire.send({&c, 1});
  }
  CHECK(kordon::test::Wire::status_of(wire.receive()) == 200);
}

TEST_CASE("HEAD has the header of GET and no body") {
  const kordon::test::Running server;
  kordon::test::Wire wire(server.port());
  wire.send(kordon::test::get_text("/livez"));
  const auto got = wire.receive();
  wire.send("HEAD /livez HTTP/1.1\r\nHost: t\r\n\r\n" + kordon::test::get_text("/readyz"));
  const auto head = wire.receive_header();
  CHECK(head.contains("Content-Length: " + std::to_string(kordon::test::Wire::body_of(got).size()) + "\r\n"));
  const auto next = wire.receive();
  CHECK(next.starts_with("HTTP/1.1 200"));
  CHECK(kordon::test::Wire::body_of(next).contains("ready"));
}

TEST_CASE("a body may be chunked") {
  const kordon::test::Running server;
  kordon::test::Wire wire(server.port());
  wire.send(
      "POST /v1/evaluate HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\n"
      "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"lon\r\n10\r\n\":37,\"lat\":50.6}\r\n0\r\n\r\n" +
      kordon::test::get_text("/livez"));
  CHECK(kordon::test::Wire::body_of(wire.receive()).contains("verdicts"));
  CHECK(kordon::test::Wire::body_of(wire.receive()).contains("live"));
}

TEST_CASE("a client that expects it is invited to send the body") {
  const kordon::test::Running server;
  kordon::test::Wire wire(server.port());
  wire.send(
      "POST /v1/evaluate HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\nExpect: 100-continue\r\n"
      "Content-Length: 21\r\n\r\n");
  CHECK(wire.receive_header() == "HTTP/1.1 100 Continue\r\n\r\n");
  wire.send(R"({"lon":37,"lat":50.6})");
  CHECK(kordon::test::Wire::status_of(wire.receive()) == 200);
}

TEST_CASE("what a handler throws becomes a 500 that tells nothing, and the connection goes on") {
  const kordon::test::Running server(
      kordon::test::small_limits(),
      [](kordon::evaluation::Evaluator&, const kordon::api::http::Request&) -> kordon::api::http::Response {
        throw std::runtime_error("secret");
      });
  kordon::test::Wire wire(server.port());
  for (int i = 0; i < 2; ++i) {
    wire.send(kordon::test::get_text("/v1/policies"));
    const auto answer = wire.receive();
    CHECK(kordon::test::Wire::status_of(answer) == 500);
    CHECK(answer.contains("/problems/internal"));
    CHECK_FALSE(answer.contains("secret"));
  }
}
