// Rates: the bucket of each client, and what fills it.
#include <doctest/doctest.h>

#include <cstring>

#include "server/address.hpp"
#include "server/rate_limiter.hpp"
#include "tests/server/guarded.hpp"

using namespace kordon;
using server::ClientKey;
using std::chrono::milliseconds;
using test::answer;
using test::get_text;
using test::Running;
using test::Wire;

namespace {

ClientKey numbered(std::uint32_t number) {
  ClientKey key{7};
  std::memcpy(key.data() + 8, &number, sizeof number);
  return key;
}

config::ServerConfig with_rate(double requests_per_second, double burst) {
  auto config = test::small_limits();
  config.rate_limit = {.requests_per_second = requests_per_second, .burst = burst};
  return config;
}

std::string batch_of(std::string_view type, const std::string& body) {
  return test::announced("POST", "/v1/evaluate",
                         "Content-Type: " + std::string(type) + "\r\nContent-Length: " + std::to_string(body.size())) +
         body;
}

}  // namespace

TEST_CASE("a bucket fills as time goes by, each client's for itself") {
  server::RateLimiter limiter({.requests_per_second = 10, .burst = 2});
  const ClientKey a{1};
  const ClientKey b{2};
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

TEST_CASE("65,536 clients are each held to their rate, as ten are") {
  for (const std::uint32_t clients : {10U, 65'536U}) {
    server::RateLimiter limiter({.requests_per_second = 0.001, .burst = 1});
    const std::chrono::steady_clock::time_point now{};
    std::uint32_t let_in = 0;
    for (int round = 0; round < 2; ++round) {
      for (std::uint32_t i = 0; i < clients; ++i) let_in += limiter.ask(numbered(i), now) == milliseconds(0) ? 1 : 0;
    }
    CHECK(let_in == clients);
  }
}

TEST_CASE("all addresses of an IPv6 /64 are one client, two /64 are two") {
  const auto client = [](const char* text) {
    sockaddr_in6 v6{};
    v6.sin6_family = AF_INET6;
    REQUIRE(inet_pton(AF_INET6, text, &v6.sin6_addr) == 1);
    sockaddr_storage storage{};
    std::memcpy(&storage, &v6, sizeof v6);
    return server::client_address(storage);
  };
  CHECK(client("2001:db8:0:1::1") == client("2001:db8:0:1:ffff:ffff:ffff:ffff"));
  CHECK_FALSE(client("2001:db8:0:1::1") == client("2001:db8:0:2::1"));
  CHECK_FALSE(client("::ffff:192.0.2.1") == client("::ffff:192.0.2.2"));
}

TEST_CASE("rows of a batch count, whatever format they come in, and debt is paid by waiting") {
  const std::string json = R"({"items":[{"lon":37,"lat":50.6},{"lon":37,"lat":50.7},{"lon":37,"lat":50.8}]})";
  const std::string rows = "{\"lon\":37,\"lat\":50.6}\n{\"lon\":37,\"lat\":50.7}\n{\"lon\":37,\"lat\":50.8}\n";
  const std::string csv = "lon,lat\n37,50.6\n37,50.7\n37,50.8\n";
  for (const auto& [type, body] :
       {std::pair("application/json", json), std::pair("application/x-ndjson", rows), std::pair("text/csv", csv)}) {
    CAPTURE(type);
    const Running server(with_rate(0.5, 2));
    Wire wire(server.port());
    wire.send(batch_of(type, body));
    CHECK(Wire::status_of(wire.receive_header()) == 200);
    wire.receive_rest();
    const auto problem = answer(server.port(), get_text("/v1/policies"));
    CHECK(Wire::status_of(problem) == 429);
    CHECK(problem.contains("Retry-After: 4\r\n"));
  }
}

TEST_CASE("rows count for less where the configuration says so") {
  auto config = with_rate(0.5, 3);
  config.rate_limit.rows_per_request = 1000;
  const Running server(config);
  Wire wire(server.port());
  wire.send(
      batch_of("application/json", R"({"items":[{"lon":37,"lat":50.6},{"lon":37,"lat":50.7},{"lon":37,"lat":50.8}]})"));
  CHECK(Wire::status_of(wire.receive()) == 200);
  CHECK(Wire::status_of(answer(server.port(), get_text("/v1/policies"))) == 200);
}
