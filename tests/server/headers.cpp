// What every answer says beyond its own: request id, trace, CORS, compression.
#include <doctest/doctest.h>

#include <string>

#include "server/content_coding.hpp"
#include "server/gzip.hpp"
#include "tests/server/inflater.hpp"
#include "tests/server/running.hpp"

using namespace kordon;
using kordon::test::Running;
using kordon::test::unzipped;
using kordon::test::Wire;

namespace {

std::string get(const kordon::test::Running& server, std::string_view target, std::string_view fields,
                std::string_view method = "GET") {
  kordon::test::Wire wire(server.port());
  wire.send(std::string(method) + " " + std::string(target) + " HTTP/1.1\r\nHost: t\r\n" + std::string(fields) +
            "\r\n");
  return method == "GET" ? wire.receive() : wire.receive_header();
}

const std::string evaluate = "/v1/evaluate?lon=37&lat=50.6&at=2024-06-15T00:00:00Z";

kordon::config::ServerConfig with_cors(const std::vector<std::string>& origins) {
  auto config = kordon::test::small_limits();
  config.cors.origins = origins;
  return config;
}

}  // namespace

TEST_CASE("a large answer is compressed for clients that accept it, and varies by that") {
  const kordon::test::Running server;
  const auto plain = get(server, evaluate, "");
  REQUIRE(kordon::test::Wire::body_of(plain).size() >= kordon::server::least_gzip_bytes);
  CHECK(plain.contains("Vary: Accept-Encoding\r\n"));
  CHECK_FALSE(plain.contains("Content-Encoding"));
  const auto packed = get(server, evaluate, "Accept-Encoding: br, GZip;q=0.5\r\n");
  CHECK(packed.contains("Content-Encoding: gzip\r\n"));
  CHECK(packed.contains("Vary: Accept-Encoding\r\n"));
  CHECK(kordon::test::Wire::body_of(packed).size() < kordon::test::Wire::body_of(plain).size() * 2 / 3);
  CHECK(kordon::test::unzipped(kordon::test::Wire::body_of(packed)) == kordon::test::Wire::body_of(plain));
  const auto head = get(server, evaluate, "Accept-Encoding: gzip\r\n", "HEAD");
  CHECK(head.contains("Content-Length: " + std::to_string(kordon::test::Wire::body_of(packed).size()) + "\r\n"));
}

TEST_CASE("a small answer is not worth it") {
  const kordon::test::Running server;
  const auto answer = get(server, "/livez", "Accept-Encoding: gzip\r\n");
  CHECK_FALSE(answer.contains("Content-Encoding"));
  CHECK_FALSE(answer.contains("Vary"));
}

TEST_CASE("gzip is accepted as the field says") {
  for (const auto* yes : {"gzip", "x-gzip", "br,gzip", "gzip;q=1", "GZIP ; Q=0.1", "*", "br;q=1, *;q=0.1"}) {
    CAPTURE(yes);
    CHECK(kordon::server::accepts_gzip(yes));
  }
  for (const auto* no : {"", "br", "gzip;q=0", "gzip; q=0.000", "*;q=0", "*, gzip;q=0", "identity", "gzipped"}) {
    CAPTURE(no);
    CHECK_FALSE(kordon::server::accepts_gzip(no));
  }
}

TEST_CASE("a request id is kept or made, a trace followed") {
  const kordon::test::Running server;
  CHECK(get(server, "/livez", "X-Request-Id: abc-1\r\n").contains("X-Request-Id: abc-1\r\n"));
  CHECK(get(server, "/livez", "").contains("X-Request-Id: "));
  for (const std::string odd : {"a b", "a,b", "<b>", "a;b", "{\"a\":1}", "%0d%0a", "\xd0\xb6"}) {
    CAPTURE(odd);
    const auto answer = get(server, "/livez", "X-Request-Id: " + odd + "\r\n");
    CHECK_FALSE(answer.contains("X-Request-Id: " + odd + "\r\n"));
    CHECK(answer.contains("X-Request-Id: "));
  }
  CHECK_FALSE(get(server, "/livez", "").contains("traceparent"));
  const auto traced = get(server, "/livez", "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\n");
  CHECK(traced.contains("traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-"));
  CHECK_FALSE(traced.contains("00f067aa0ba902b7"));
}

TEST_CASE("without CORS in the configuration no page of another origin may read") {
  const kordon::test::Running server;
  CHECK_FALSE(get(server, "/livez", "Origin: https://a.example\r\n").contains("Access-Control"));
}

TEST_CASE("a page of an origin that is named may read, another may not") {
  const kordon::test::Running server(with_cors({"https://a.example", "https://b.example:8443"}));
  const auto allowed = get(server, "/livez", "Origin: https://b.example:8443\r\n");
  CHECK(allowed.contains("Access-Control-Allow-Origin: https://b.example:8443\r\n"));
  CHECK(allowed.contains("Vary: Origin\r\n"));
  CHECK(allowed.contains("Access-Control-Expose-Headers: "));
  CHECK(allowed.contains("Kordon-Notice"));
  for (const auto* other : {"https://b.example", "http://a.example", "https://a.example.evil", "null"}) {
    CAPTURE(other);
    CHECK_FALSE(get(server, "/livez", "Origin: " + std::string(other) + "\r\n").contains("Access-Control"));
  }
  CHECK_FALSE(get(server, "/livez", "").contains("Access-Control"));
}

TEST_CASE("every answer says nosniff, and that it varies by origin where that matters, whoever asked") {
  const Running plain;
  const Running open(with_cors({"*"}));
  const Running named(with_cors({"https://a.example"}));
  for (const auto* target : {"/livez", "/v1/policies", "/nowhere", "/openapi.json", "/docs", "/v1/evaluate?lon=1"}) {
    CAPTURE(target);
    CHECK(get(plain, target, "").contains("X-Content-Type-Options: nosniff\r\n"));
    CHECK_FALSE(get(plain, target, "").contains("Vary: Origin"));
    for (const auto* server : {&open, &named}) {
      CHECK(get(*server, target, "").contains("Vary: Origin\r\n"));
      CHECK(get(*server, target, "Origin: https://other.example\r\n").contains("Vary: Origin\r\n"));
    }
  }
  CHECK_FALSE(get(plain, "/livez", "").contains("Strict-Transport-Security"));
}

TEST_CASE("a preflight is told what the request may have, errors can be read, too") {
  const kordon::test::Running server(with_cors({"*"}));
  const auto preflight = get(server, "/v1/evaluate",
                             "Origin: https://a.example\r\nAccess-Control-Request-Method: POST\r\n"
                             "Access-Control-Request-Headers: content-type\r\n",
                             "OPTIONS");
  CHECK(kordon::test::Wire::status_of(preflight) == 204);
  CHECK(preflight.contains("Allow: GET, HEAD, POST, OPTIONS\r\n"));
  CHECK(preflight.contains("Access-Control-Allow-Origin: *\r\n"));
  CHECK(preflight.contains("Access-Control-Allow-Methods: GET, HEAD, POST, OPTIONS\r\n"));
  CHECK(preflight.contains("Content-Type"));
  CHECK_FALSE(preflight.contains("Content-Length"));
  CHECK(get(server, "/v1/evaluate", "Origin: https://a.example\r\n").contains("Access-Control-Allow-Origin: *\r\n"));
}

TEST_CASE("a method that a path does not have is 405 with those that it has") {
  const kordon::test::Running server;
  for (const auto* method : {"DELETE", "PUT", "PATCH", "TRACE", "get", "BREW"}) {
    CAPTURE(method);
    const auto answer = get(server, "/v1/policies", "", method);
    CHECK(kordon::test::Wire::status_of(answer) == 405);
    CHECK(answer.contains("Allow: GET, HEAD, OPTIONS\r\n"));
  }
  CHECK(get(server, "/livez", "", "POST").contains("Allow: GET, HEAD, OPTIONS\r\n"));
}

TEST_CASE("a request body that another coding has packed is 415") {
  const kordon::test::Running server;
  kordon::test::Wire wire(server.port());
  wire.send(
      "POST /v1/evaluate HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\nContent-Encoding: br\r\n"
      "Content-Length: 5\r\n\r\nhello");
  CHECK(kordon::test::Wire::status_of(wire.receive()) == 415);
}
