// Probes, metrics, reloads.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <thread>

#include "tests/server/running.hpp"

using namespace kordon;
using kordon::test::get_text;
using kordon::test::Running;
using kordon::test::Wire;
using std::chrono::milliseconds;

namespace {

std::string answer(const kordon::test::Running& server, std::string_view target) {
  kordon::test::Wire wire(server.port());
  wire.send(kordon::test::get_text(target));
  return wire.receive();
}

/// The value of a sample in the text format; -1 if it is not there.
double sample(const kordon::test::Running& server, const std::string& name) {
  const auto text = kordon::test::Wire::body_of(answer(server, "/metrics"));
  const auto at = text.find(std::string("\n").append(name).append(" "));
  return at == text.npos ? -1 : std::stod(text.substr(at + name.size() + 2));
}

kordon::server::WorldPointer world_of_version(std::string version) {
  auto world = kordon::test::small_world();
  world->data_version = std::move(version);
  return world;
}

nlohmann::json ready_body(const kordon::test::Running& server) {
  return nlohmann::json::parse(kordon::test::Wire::body_of(answer(server, "/readyz")));
}

}  // namespace

TEST_CASE("requests are counted by route and status, whoever answered them") {
  auto config = kordon::test::small_limits();
  config.threads = 3;
  const kordon::test::Running server(config);
  for (int i = 0; i < 7; ++i) answer(server, "/v1/evaluate?lon=37&lat=50.6");
  for (int i = 0; i < 4; ++i) answer(server, "/v1/evaluate?lon=37");
  answer(server, "/nowhere/" + std::string(20, 'x'));
  CHECK(sample(server, R"(kordon_http_requests_total{route="/v1/evaluate",status="200"})") == 7);
  CHECK(sample(server, R"(kordon_http_requests_total{route="/v1/evaluate",status="400"})") == 4);
  CHECK(sample(server, R"(kordon_http_requests_total{route="-",status="404"})") == 1);
  CHECK(sample(server, R"(kordon_http_request_duration_seconds_count{route="/v1/evaluate"})") == 11);
  CHECK(sample(server, R"(kordon_http_request_duration_seconds_bucket{route="/v1/evaluate",le="+Inf"})") == 11);
  CHECK(sample(server, "kordon_evaluations_total") == 7);
  CHECK(sample(server, "process_resident_memory_bytes") > 1e6);
  CHECK(sample(server, R"(kordon_info{data_version="sha256:0",engine="kordon 0.1.0"})") == 1);
  CHECK_FALSE(answer(server, "/metrics").contains("xxxx"));
}

TEST_CASE("rows of batches are counted, streamed or not") {
  const kordon::test::Running server;
  kordon::test::Wire wire(server.port());
  const std::string batch = R"({"items":[{"lon":37,"lat":50.6},{"lon":37,"lat":50.6},{"lon":37}]})";
  wire.send("POST /v1/evaluate HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\nContent-Length: " +
            std::to_string(batch.size()) + "\r\n\r\n" + batch);
  CHECK(kordon::test::Wire::status_of(wire.receive()) == 200);
  const std::string rows = "{\"lon\":37,\"lat\":50.6}\n{\"lon\":37}\n";
  wire.send("POST /v1/evaluate HTTP/1.1\r\nHost: t\r\nContent-Type: application/x-ndjson\r\nContent-Length: " +
            std::to_string(rows.size()) + "\r\n\r\n" + rows);
  CHECK(kordon::test::Wire::status_of(wire.receive_header()) == 200);
  wire.receive_chunked();
  CHECK(sample(server, "kordon_batch_rows_total") == 5);
  CHECK(sample(server, "kordon_batch_rows_in_error_total") == 2);
  CHECK(sample(server, "kordon_evaluations_total") == 3);
}

TEST_CASE("a reload is served at once on connections that are open") {
  kordon::test::Running running;
  kordon::test::Wire wire(running.port());
  const auto version = [&] {
    wire.send(kordon::test::get_text("/v1/evaluate?lon=37&lat=50.6"));
    return nlohmann::json::parse(kordon::test::Wire::body_of(wire.receive()))["data_version"];
  };
  CHECK(version() == "sha256:0");
  running.server().serve_world(world_of_version("sha256:1"));
  CHECK(version() == "sha256:1");
  CHECK(ready_body(running)["data_version"] == "sha256:1");
  CHECK(sample(running, R"(kordon_reloads_total{result="served"})") == 1);
}

TEST_CASE("a reload that is refused is told, what was wrong to operators alone, and the old data is served on") {
  auto config = test::small_limits();
  config.admin_listen = config::Endpoint{"127.0.0.1", 0};
  Running with_listener(config);
  Running running;
  for (auto* one : {&running, &with_listener}) one->server().refuse_world({{"policies/a.json: /id", "is empty"}});
  const auto body = ready_body(running);
  CHECK(body["status"] == "ready");
  CHECK(body["data_version"] == "sha256:0");
  CHECK(body["last_reload"] == "refused");
  CHECK_FALSE(body.dump().contains("a.json"));
  Wire operators(with_listener.server().admin_endpoint()->port);
  operators.send(get_text("/readyz"));
  const auto told = nlohmann::json::parse(Wire::body_of(operators.receive()));
  CHECK(told["reload_faults"][0]["where"] == "policies/a.json: /id");
  CHECK(sample(running, "kordon_last_reload_good") == 0);
  CHECK(sample(running, R"(kordon_reloads_total{result="refused"})") == 1);
  running.server().serve_world(world_of_version("sha256:2"));
  CHECK_FALSE(ready_body(running).contains("last_reload"));
  CHECK(sample(running, "kordon_last_reload_good") == 1);
}

TEST_CASE("a stream keeps the world that it began with") {
  kordon::test::Running running;
  kordon::test::Wire wire(running.port());
  const std::string row = "{\"lon\":37,\"lat\":50.6}\n";
  const std::string chunk = "16\r\n" + row + "\r\n";
  REQUIRE(row.size() == 0x16);
  wire.send(
      "POST /v1/evaluate HTTP/1.1\r\nHost: t\r\nContent-Type: application/x-ndjson\r\n"
      "Transfer-Encoding: chunked\r\n\r\n" +
      chunk);
  wire.receive_header();
  const auto first = wire.receive_chunk();

  running.server().serve_world(world_of_version("sha256:3"));
  for (int i = 0; i < 50; ++i) answer(running, "/v1/policies");
  wire.send(chunk + "0\r\n\r\n");
  CHECK(wire.receive_chunked() == first);
}

TEST_CASE("no request fails while worlds are swapped, and none mixes two") {
  kordon::test::Running running;
  std::atomic<bool> done = false;
  std::atomic<int> wrong = 0;
  std::atomic<int> right = 0;
  std::vector<std::jthread> clients;
  for (int i = 0; i < 3; ++i) {
    clients.emplace_back([&] {
      kordon::test::Wire wire(running.port());
      while (!done) {
        wire.send(kordon::test::get_text("/v1/evaluate?lon=37&lat=50.6"));
        const auto got = wire.receive();
        (kordon::test::Wire::status_of(got) == 200 && got.contains("\"data_version\":\"sha256:") ? right : wrong) += 1;
      }
    });
  }
  for (int i = 0; i < 200; ++i) {
    running.server().serve_world(world_of_version(std::string("sha256:").append(std::to_string(i))));
    std::this_thread::sleep_for(milliseconds(1));
  }
  done = true;
  clients.clear();
  CHECK(wrong.load() == 0);
  CHECK(right.load() > 100);
}

TEST_CASE("asked to stop, the server first says that it is not ready, and serves until then") {
  auto config = kordon::test::small_limits();
  config.timeouts.unready = milliseconds(400);
  kordon::test::Running running(config);
  running.server().stop();
  std::this_thread::sleep_for(milliseconds(100));
  const auto not_ready = answer(running, "/readyz");
  CHECK(kordon::test::Wire::status_of(not_ready) == 503);
  CHECK(not_ready.contains("stopping"));
  CHECK(kordon::test::Wire::status_of(answer(running, "/v1/policies")) == 200);
  running.server().join();
  CHECK_THROWS(kordon::test::Wire(running.port()));
}
