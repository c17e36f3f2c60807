// Bearer tokens, rates, the operators' own listener.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "tests/server/guarded.hpp"

using namespace kordon;
using test::answer;
using test::get_text;
using test::guarded_world;
using test::Running;
using test::Wire;
using test::with_token;

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
    const auto problem =
        answer(running.port(), "POST /v1/evaluate HTTP/1.1\r\nHost: t\r\nContent-Type: " + std::string(type) +
                                   "\r\nExpect: 100-continue\r\nContent-Length: 500\r\n\r\n");
    CHECK(kordon::test::Wire::status_of(problem) == 401);
    CHECK(problem.contains("Connection: close\r\n"));
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
  const auto problem = wire.receive();
  CHECK(kordon::test::Wire::status_of(problem) == 429);
  CHECK(problem.contains("Retry-After: 2\r\n"));
  wire.send(kordon::test::get_text("/livez"));
  CHECK(kordon::test::Wire::status_of(wire.receive()) == 200);
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

TEST_CASE("a revoked token goes by itself, whatever else of a reload is faulty") {
  const auto file = std::filesystem::temp_directory_path() / ("kordon_tokens_" + std::to_string(getpid()));
  const std::string alice = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b alice\n";
  const std::string bob = std::string(64, '0') + " bob\n";
  Running running;
  running.server().serve_world(guarded_world());
  const auto status = [&] {
    return Wire::status_of(answer(running.port(), with_token("/v1/policies", "Bearer secret")));
  };
  const auto renewed = [&](const std::string& text) {
    std::ofstream(file) << text;
    running.server().refuse_world({{"policies/a.json", "is faulty"}});
    running.server().renew_credentials(file);
    return status();
  };
  CHECK(status() == 200);
  CHECK(renewed(bob + alice) == 200);
  CHECK(renewed(bob) == 401);
  CHECK(renewed(alice + "a faulty line\n") == 200);
  CHECK(renewed("a faulty line\n") == 401);
  CHECK(renewed("") == 401);
  CHECK(renewed(alice) == 200);
  std::filesystem::remove(file);
  running.server().renew_credentials(file);  // gone, as while it is swapped
  CHECK(status() == 200);
}
