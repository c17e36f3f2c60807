// What is held before a request is known, and how much of the rest one client may have.
#include "server/fair_shares.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <vector>

#include "tests/server/guarded.hpp"

using namespace kordon;
using server::ClientKey;
using server::FairShares;
using std::chrono::milliseconds;
using test::announced;
using test::answer;
using test::get_text;
using test::Running;
using test::Wire;

namespace {

/// How many of one each a client gets at the same time.
std::size_t taken_by(FairShares& shares, const ClientKey& client,
                     std::vector<std::unique_ptr<FairShares::Holding>>& kept) {
  std::size_t taken = 0;
  for (int tries = 0; tries < 100; ++tries) {
    auto holding = std::make_unique<FairShares::Holding>(shares, client);
    if (!holding->add(1)) break;
    kept.push_back(std::move(holding));
    ++taken;
  }
  return taken;
}

}  // namespace

TEST_CASE("one client gets half, and those that come later find something") {
  FairShares shares(64);
  std::vector<std::unique_ptr<FairShares::Holding>> kept;
  CHECK(taken_by(shares, {1}, kept) == 32);
  CHECK(taken_by(shares, {2}, kept) == 16);
  for (std::uint8_t later = 3; later < 8; ++later) CHECK(taken_by(shares, {later}, kept) >= 1);
  CHECK(shares.held() <= 64);
  kept.clear();
  CHECK(shares.held() == 0);
  CHECK(taken_by(shares, {1}, kept) == 32);
}

TEST_CASE("the only body of a client may be as large as there is room") {
  FairShares shares(1500);
  FairShares::Holding first(shares, {1});
  CHECK(first.add(1000));
  FairShares::Holding second(shares, {1});
  CHECK_FALSE(second.add(400));
  FairShares::Holding other(shares, {2});
  CHECK(other.add(500));
  CHECK_FALSE(other.add(1));
}

TEST_CASE("no body is received where none is read, whoever sends it") {
  auto config = test::small_limits();
  config.timeouts.body = milliseconds(20'000);
  const Running server(config);
  for (const auto* method : {"OPTIONS", "POST", "PUT", "GET", "DELETE"}) {
    for (const auto* target : {"/livez", "/readyz", "/metrics", "/v1/policies", "/nowhere", "/v1/evaluate"}) {
      if (std::string_view(method) == "POST" && std::string_view(target) == "/v1/evaluate") continue;
      for (const auto* framing : {"Content-Length: 900", "Transfer-Encoding: chunked"}) {
        const bool is_skipped = std::string_view(method) == "GET" && std::string_view(framing).contains("Length");
        if (is_skipped) continue;
        CAPTURE(method);
        CAPTURE(target);
        CAPTURE(framing);
        Wire wire(server.port());
        wire.send(announced(method, target, framing));  // and nothing of the body
        REQUIRE(wire.ready_within(milliseconds(5000)));
        const auto problem = wire.receive();
        CHECK(Wire::status_of(problem) >= 400);
        CHECK(Wire::status_of(problem) < 500);
        CHECK(problem.contains("Connection: close\r\n"));
      }
    }
  }
}

TEST_CASE("half-sent bodies of those without a token lock nobody out") {
  auto config = test::small_limits();
  config.limits.held_bytes = 1000;
  config.timeouts.body = milliseconds(20'000);
  Running running(config);
  running.server().serve_world(test::guarded_world());
  const std::string half(900, ' ');
  std::vector<std::unique_ptr<Wire>> strangers;
  for (const auto* start : {"POST /v1/evaluate", "OPTIONS /v1/evaluate", "POST /livez", "OPTIONS *", "PUT /readyz"}) {
    strangers.push_back(std::make_unique<Wire>(running.port()));
    strangers.back()->send(std::string(start) +
                           " HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\nContent-Length: 999\r\n\r\n" +
                           half);
  }
  std::this_thread::sleep_for(milliseconds(100));
  const std::string body = R"({"lon":37,"lat":50.6})" + std::string(970, ' ');
  const auto good =
      answer(running.port(), announced("POST", "/v1/evaluate",
                                       "Authorization: Bearer secret\r\nContent-Type: application/json\r\n"
                                       "Content-Length: " +
                                           std::to_string(body.size())) +
                                 body);
  CHECK(Wire::status_of(good) == 200);
}

TEST_CASE("silent connections to the public port leave the operators' listener open") {
  auto config = test::small_limits();
  config.admin_listen = config::Endpoint{"127.0.0.1", 0};
  config.limits.connections = 4;
  config.limits.connections_per_address = 2;
  config.timeouts.idle = milliseconds(20'000);
  Running running(config);
  std::vector<std::unique_ptr<Wire>> silent;
  for (int i = 0; i < 40; ++i) silent.push_back(std::make_unique<Wire>(running.port()));
  const auto admin = running.server().admin_endpoint()->port;
  std::vector<std::unique_ptr<Wire>> probes;
  for (int i = 0; i < 20; ++i) {
    probes.push_back(std::make_unique<Wire>(admin));
    probes.back()->send(get_text("/livez"));
    CHECK(Wire::status_of(probes.back()->receive()) == 200);
  }
}
