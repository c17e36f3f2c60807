// What a review tried in vain, kept: nobody in without a token, no file but the map's, no answer or log line split.
#include <doctest/doctest.h>

#include <array>
#include <filesystem>
#include <fstream>

#include "tests/server/guarded.hpp"

using namespace kordon;
using test::announced;
using test::answer;
using test::get_text;
using test::guarded_world;
using test::Running;
using test::Wire;
using test::with_token;

namespace {

/// Ways to write a target that something along the way might take for a probe or for another path.
constexpr std::array odd_targets{
    "/v1/policies",
    "//v1/policies",
    "/./v1/policies",
    "/livez/../v1/policies",
    "/livez/%2e%2e/v1/policies",
    "/livez%2f..%2fv1/policies",
    "/livez/",
    "/livez/v1/policies",
    "/livez;/v1/policies",
    "/livez%00/v1/policies",
    "/livez%3f/../v1/policies",
    "/%6civez/../v1/policies",
    "/LIVEZ",
    "/readyz/",
    "/readyz%20",
    "/readyz/../metrics",
    "/metrics",
    "/metrics?/livez",
    "/metrics#/livez",
    "/%6detrics",
    "/v1/evaluate?lon=37&lat=50.6",
    "/v1/evaluate?lon=37&lat=50.6&x=/livez",
    "/v1%2fpolicies",
    "/V1/policies",
    "/?/livez",
    "/",
    "/docs",
    "/embed",
    "/web/settings.json",
    "/openapi.json",
    "/collections/zones/items",
    "http://t/v1/policies",
    "http://t/livez/../v1/policies",
    "http://livez/v1/policies",
};

constexpr std::array traversals{
    "/web/../secret.txt",
    "/web/..%2fsecret.txt",
    "/web/%2e%2e/secret.txt",
    "/web/%2e%2e%2fsecret.txt",
    "/web//etc/passwd",
    "/web/%2fetc%2fpasswd",
    "/web/....//secret.txt",
    "/web/..%5csecret.txt",
    "/web/%252e%252e%252fsecret.txt",
    "/web/..;/secret.txt",
    "/web/%00/../secret.txt",
    "/web/index.html/../../secret.txt",
    "/web/..%c0%afsecret.txt",
    "/collections/regions/items/..%2f..%2fsecret.txt",
    "/problems/..%2fsecret.txt",
    "/v1/policies/..%2f..%2fsecret.txt",
};

}  // namespace

TEST_CASE("no way of writing a target lets anybody in without a token") {
  Running running;
  running.server().serve_world(guarded_world());
  for (const std::string target : odd_targets) {
    for (const std::string method : {"GET", "HEAD", "POST", "PUT"}) {
      CAPTURE(target);
      CAPTURE(method);
      Wire wire(running.port());
      wire.send(
          announced(method, target, "X-Original-URL: /livez\r\nX-Rewrite-URL: /livez\r\nX-Forwarded-For: 127.0.0.1"));
      const auto status = Wire::status_of(wire.receive_header());
      CHECK((status == 401 || status == 400 || status == 421));
    }
  }
}

TEST_CASE("nothing but a token's secret is one") {
  Running running;
  running.server().serve_world(guarded_world());
  const std::string hash = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";
  for (const std::string given : {"", "Bearer", "Bearer ", "Bearer  ", "Bearer \t", "Bearer alice", "Bearer Secret",
                                  "Bearer secre", "Bearer secret,", "Bearer \"secret\"", "Basic YWxpY2U6c2VjcmV0",
                                  "Bearer secret secret", "Bearer\tsecret", "Token secret"}) {
    CAPTURE(given);
    CHECK(Wire::status_of(answer(running.port(), with_token("/v1/policies", given))) == 401);
  }
  CHECK(Wire::status_of(answer(running.port(), with_token("/v1/policies", "Bearer " + hash))) == 401);
  CHECK(Wire::status_of(answer(running.port(), with_token("/v1/policies?access_token=secret", "x"))) == 401);
  const auto twice = announced("GET", "/v1/policies", "Authorization: Bearer secret\r\nAuthorization: Bearer secret");
  CHECK(Wire::status_of(answer(running.port(), twice)) == 400);
}

TEST_CASE("an empty secret is none, though its hash were among the tokens") {
  Running running;
  auto world = test::small_world();
  world::Token token{.sha256 = {}, .name = "unset"};
  constexpr std::string_view hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  for (std::size_t i = 0; i < token.sha256.size(); ++i) {
    token.sha256[i] = static_cast<std::uint8_t>(std::stoi(std::string(hash.substr(2 * i, 2)), nullptr, 16));
  }
  world->tokens = {token};
  running.server().serve_world(world);
  for (const auto* given : {"", "Bearer", "Bearer ", "Bearer   ", "Basic", "nothing"}) {
    CAPTURE(given);
    CHECK(Wire::status_of(answer(running.port(), with_token("/v1/policies", given))) == 401);
  }
  CHECK(Wire::status_of(answer(running.port(), get_text("/v1/policies"))) == 401);
}

TEST_CASE("no path leads to a file that is not the map's") {
  const auto folder = std::filesystem::temp_directory_path() / ("kordon_held_line_" + std::to_string(getpid()));
  std::filesystem::create_directories(folder / "web");
  std::ofstream(folder / "secret.txt") << "not for you";
  std::ofstream(folder / "web/index.html") << "the map";
  Running running;
  auto world = test::small_world();
  Faults faults;
  world->web = world::read_web({.directory = folder / "web", .basemap = {}}, faults);
  REQUIRE(faults.empty());
  running.server().serve_world(world);
  CHECK(Wire::body_of(answer(running.port(), get_text("/web/index.html"))) == "the map");
  for (const auto* target : traversals) {
    CAPTURE(target);
    const auto problem = answer(running.port(), get_text(target));
    CHECK((Wire::status_of(problem) == 404 || Wire::status_of(problem) == 400));
    CHECK_FALSE(problem.contains("not for you"));
    CHECK_FALSE(problem.contains("root:"));
  }
  std::filesystem::remove_all(folder);
}

TEST_CASE("nothing in a request splits an answer or adds a field to it") {
  auto config = test::small_limits();
  config.cors.origins = {"https://a.example"};
  const Running server(config);
  for (const auto* target :
       {"/v1/evaluate?lon=37&lat=50.6&activity=%0d%0aSet-Cookie:%20a=b", "/problems/x%0d%0aSet-Cookie:%20a=b",
        "/collections/regions/items?limit=1&x=%0d%0aSet-Cookie:%20a=b", "/v1/policies/%0d%0aSet-Cookie:%20a=b"}) {
    CAPTURE(target);
    const auto answered = answer(server.port(), get_text(target));
    CHECK_FALSE(answered.substr(0, answered.find("\r\n\r\n")).contains("Set-Cookie"));
  }
  for (const auto* field :
       {"X-Request-Id: a\nSet-Cookie: a=b", "X-Request-Id: a\rSet-Cookie: a=b", "Origin: https://a.example\rX: y",
        "Host: t\rSet-Cookie: a=b", "Accept: a\x01b", "traceparent: 00\x0b"}) {
    CAPTURE(field);
    const auto answered = answer(server.port(), announced("GET", "/livez", field));
    CHECK(Wire::status_of(answered) == 400);
    CHECK_FALSE(answered.contains("Set-Cookie"));
  }
}

TEST_CASE("a request id or a trace is taken in a plain form alone") {
  const Running server;
  for (const auto* id : {"a\"b", "a b", "<script>", "a;b", "${jndi:ldap://x}", "a,b", "../../x", "a\\u001b",
                         "\xC2\x9B"
                         "31m"}) {
    CAPTURE(id);
    const auto answered = answer(server.port(), announced("GET", "/livez", "X-Request-Id: " + std::string(id)));
    CHECK_FALSE(answered.contains(id));
    CHECK(answered.contains("X-Request-Id: "));
  }
}
