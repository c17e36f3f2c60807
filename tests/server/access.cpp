// Bearer tokens, rates, the operators' own listener.
#include <doctest/doctest.h>

#include <string>
#include <thread>

#include "server/rate_limiter.hpp"
#include "tests/server/running.hpp"

using namespace kordon;
using kordon::test::get_text;
using kordon::test::Running;
using kordon::test::Wire;
using std::chrono::milliseconds;

namespace {

/// A world that asks for the token `secret` of alice.
kordon::server::WorldPointer guarded_world() {
  auto world = kordon::test::small_world();
  constexpr std::string_view hash = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";
  kordon::world::Token token{.sha256 = {}, .name = "alice"};
  for (std::size_t i = 0; i < token.sha256.size(); ++i) {
    token.sha256[i] = static_cast<std::uint8_t>(std::stoi(std::string(hash.substr(2 * i, 2)), nullptr, 16));
  }
  world->tokens = {token};
  return world;
}

std::string answer(std::uint16_t port, std::string_view request) {
  kordon::test::Wire wire(port);
  wire.send(request);
  return wire.receive();
}

std::string with_token(std::string_view target, std::string_view authorization) {
  return "GET " + std::string(target) + " HTTP/1.1\r\nHost: t\r\nAuthorization: " + std::string(authorization) +
         "\r\n\r\n";
}

}  // namespace

TEST_CASE("where there are tokens, one is asked for") {
  kordon::test::Running running;
  running.server().serve_world(guarded_world());
  const auto port = running.port();
  const auto without = answer(port, kordon::test::get_text("/v1/policies"));
  CHECK(kordon::test::Wire::status_of(without) == 401);
  CHECK(without.contains("WWW-Authenticate: Bearer\r\n"));
  const auto wrong = answer(port, with_token("/v1/policies", "Bearer Secret"));
  CHECK(kordon::test::Wire::status_of(wrong) == 401);
  CHECK(wrong.contains("invalid_token"));
  for (const auto* bad : {"Basic secret", "secret", "Bearer", "Bearer ", "Bearer secretx", "Bearersecret"}) {
    CAPTURE(bad);
    CHECK(kordon::test::Wire::status_of(answer(port, with_token("/v1/policies", bad))) == 401);
  }
  CHECK(kordon::test::Wire::status_of(answer(port, with_token("/v1/policies", "Bearer secret"))) == 200);
  CHECK(kordon::test::Wire::status_of(answer(port, with_token("/metrics", "bearer  secret"))) == 200);
  CHECK(kordon::test::Wire::status_of(answer(port, kordon::test::get_text("/metrics"))) == 401);
  CHECK(kordon::test::Wire::status_of(answer(port, kordon::test::get_text("/livez"))) == 200);
  CHECK(kordon::test::Wire::status_of(answer(port, kordon::test::get_text("/readyz?x"))) == 200);
}

TEST_CASE("a batch without a token is refused before its body is read") {
  kordon::test::Running running;
  running.server().serve_world(guarded_world());
  for (const auto* type : {"application/json", "application/x-ndjson"}) {
    const auto refusal =
        answer(running.port(), "POST /v1/evaluate HTTP/1.1\r\nHost: t\r\nContent-Type: " + std::string(type) +
                                   "\r\nExpect: 100-continue\r\nContent-Length: 500\r\n\r\n");
    CHECK(kordon::test::Wire::status_of(refusal) == 401);
    CHECK(refusal.contains("Connection: close\r\n"));
  }
}

TEST_CASE("a client that asks too often is told when to come again") {
  auto config = kordon::test::small_limits();
  config.rate_limit = {.requests_per_second = 0.5, .burst = 3};
  const kordon::test::Running server(config);
  kordon::test::Wire wire(server.port());
  for (int i = 0; i < 3; ++i) {
    wire.send(kordon::test::get_text("/v1/policies"));
    CHECK(kordon::test::Wire::status_of(wire.receive()) == 200);
  }
  wire.send(kordon::test::get_text("/v1/policies"));
  const auto refusal = wire.receive();
  CHECK(kordon::test::Wire::status_of(refusal) == 429);
  CHECK(refusal.contains("Retry-After: 2\r\n"));
  wire.send(kordon::test::get_text("/livez"));
  CHECK(kordon::test::Wire::status_of(wire.receive()) == 200);
}

TEST_CASE("a bucket fills as time goes by, each client's for itself") {
  kordon::server::RateLimiter limiter({.requests_per_second = 10, .burst = 2});
  const kordon::server::RateLimiter::Key a{1};
  const kordon::server::RateLimiter::Key b{2};
  const std::chrono::steady_clock::time_point start{};
  CHECK(limiter.ask(a, start) == milliseconds(0));
  CHECK(limiter.ask(a, start) == milliseconds(0));
  CHECK(limiter.ask(a, start) > milliseconds(90));
  CHECK(limiter.ask(b, start) == milliseconds(0));
  CHECK(limiter.ask(a, start + milliseconds(50)) > milliseconds(40));
  CHECK(limiter.ask(a, start + milliseconds(101)) == milliseconds(0));
  CHECK(limiter.ask(a, start + std::chrono::hours(1)) == milliseconds(0));
  CHECK(limiter.ask(a, start + std::chrono::hours(1)) == milliseconds(0));
  CHECK(limiter.ask(a, start + std::chrono::hours(1)) > milliseconds(0));
}

TEST_CASE("a flood of clients does not free one that is over its rate at once") {
  kordon::server::RateLimiter limiter({.requests_per_second = 0.001, .burst = 1});
  const std::chrono::steady_clock::time_point now{};
  const kordon::server::RateLimiter::Key greedy{9, 9};
  CHECK(limiter.ask(greedy, now) == milliseconds(0));
  for (std::uint32_t i = 0; i < 1000; ++i) {
    limiter.ask({1, static_cast<std::uint8_t>(i), static_cast<std::uint8_t>(i >> 8U)}, now);
  }
  CHECK(limiter.ask(greedy, now) > milliseconds(0));
}

TEST_CASE("the operators' endpoints may have a listener of their own, which has nothing else") {
  auto config = kordon::test::small_limits();
  config.admin_listen = kordon::config::Endpoint{"127.0.0.1", 0};
  kordon::test::Running running(config);
  running.server().serve_world(guarded_world());
  const auto admin = running.server().admin_endpoint()->port;
  for (const auto* path : {"/livez", "/readyz", "/metrics"}) {
    CHECK(kordon::test::Wire::status_of(answer(admin, kordon::test::get_text(path))) == 200);
    CHECK(kordon::test::Wire::status_of(answer(running.port(), with_token(path, "Bearer secret"))) == 404);
  }
  CHECK(kordon::test::Wire::status_of(answer(admin, kordon::test::get_text("/v1/policies"))) == 404);
  CHECK(kordon::test::Wire::status_of(answer(running.port(), with_token("/v1/policies", "Bearer secret"))) == 200);
}
