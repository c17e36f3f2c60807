// A name that is made to lead here (DNS rebinding) is not answered to.
#include "server/host_names.hpp"

#include <doctest/doctest.h>

#include "tests/server/guarded.hpp"

using namespace kordon;
using server::HostNames;
using test::answer;
using test::Running;
using test::Wire;

namespace {

config::ServerConfig listening_on(const std::string& address) {
  config::ServerConfig config;
  config.listen = {address, 8080};
  return config;
}

std::string get_from(std::string_view host, std::string_view target = "/v1/policies") {
  return "GET " + std::string(target) + " HTTP/1.1\r\nHost: " + std::string(host) + "\r\n\r\n";
}

}  // namespace

TEST_CASE("on a loopback address the names of the loopback are answered to, on any port") {
  auto config = test::small_limits();
  config.hosts.clear();
  config.public_url = "https://kordon.example/map";
  const Running server(config);
  for (const auto* host : {"127.0.0.1", "127.0.0.1:8080", "localhost:1", "LOCALHOST", "[::1]:8080", "kordon.example",
                           "Kordon.Example.:443"}) {
    CAPTURE(host);
    CHECK(Wire::status_of(answer(server.port(), get_from(host))) == 200);
  }
  for (const auto* host : {"evil.example", "evil.example:8080", "kordon.example.evil.example", "127.0.0.1.evil.example",
                           "10.0.0.1", "localhost.evil.example", "a"}) {
    CAPTURE(host);
    const auto problem = answer(server.port(), get_from(host));
    CHECK(Wire::status_of(problem) == 421);
    CHECK(problem.contains("/problems/misdirected"));
    CHECK(Wire::status_of(answer(server.port(), get_from(host, "/readyz"))) == 421);
  }
  CHECK(Wire::status_of(answer(server.port(), get_from("localhost", "http://evil.example/v1/policies"))) == 421);
  CHECK(Wire::status_of(answer(server.port(), "GET /livez HTTP/1.0\r\n\r\n")) == 200);
}

TEST_CASE("on every address each address is answered to, and names that nobody outside can own") {
  for (const auto* address : {"0.0.0.0", "::"}) {
    const HostNames hosts(listening_on(address));
    for (const auto* host : {"192.0.2.1:80", "[2001:db8::1]", "kordon-a:8080", "localhost"})
      CHECK(hosts.allow(host, false));
    for (const auto* host : {"evil.example", "192.0.2.1.evil.example", "kordon.svc"})
      CHECK_FALSE(hosts.allow(host, false));
  }
}

TEST_CASE("hosts of the configuration are answered to, and with * all are") {
  auto config = listening_on("192.0.2.1");
  config.hosts = {"Kordon.example", "[2001:db8::1]"};
  const HostNames hosts(config);
  for (const auto* host : {"kordon.example:443", "192.0.2.1", "[2001:db8::1]:80"}) CHECK(hosts.allow(host, false));
  for (const auto* host : {"www.kordon.example", "localhost", "192.0.2.2"}) CHECK_FALSE(hosts.allow(host, false));
  CHECK(hosts.allow("192.0.2.2", true));
  CHECK(hosts.allow("kordon-a:8081", true));
  CHECK_FALSE(hosts.allow("evil.example", true));
  config.hosts = {"*"};
  CHECK(HostNames(config).allow("evil.example", false));
}

TEST_CASE("a host and a port are told apart, and what is neither is left whole") {
  CHECK(server::host_of("A.Example:80") == "a.example");
  CHECK(server::host_of("[::1]:80") == "::1");
  CHECK(server::host_of("[::1]") == "::1");
  CHECK(server::host_of("localhost:80@evil.example") == "localhost:80@evil.example");
  CHECK(server::authority_of("http://a.example:80/x?y") == "a.example:80");
  CHECK(server::authority_of("/x?u=http://a.example/") == "");
}
