// Streams whose rows take longer than a turn: they are left to other threads.
#include <doctest/doctest.h>

#include <future>
#include <string>
#include <vector>

#include "api/stream.hpp"
#include "tests/server/running.hpp"
#include "tests/server/streams.hpp"

using namespace kordon;
using kordon::test::chunk;
using kordon::test::Running;
using kordon::test::Wire;

namespace {

constexpr std::string_view target = "/v1/evaluate?at=2024-06-15T00:00:00Z";

std::string feature(int id, std::string_view type, std::string_view coordinates, std::string_view properties = {}) {
  return R"({"type":"Feature","id":)" + std::to_string(id) + R"(,"geometry":{"type":")" + std::string(type) +
         R"(","coordinates":)" + std::string(coordinates) + R"(},"properties":{)" + std::string(properties) + "}}\n";
}

/// Points, lines, areas and discs by turns.
std::string mixed(int rows) {
  std::string body;
  for (int i = 0; i < rows; ++i) {
    const auto lon = std::to_string(36.5 + i * 0.001);
    const auto place = "[" + lon + ",50.6]";
    if (i % 4 == 0) body += feature(i, "Point", place);
    if (i % 4 == 1) body += feature(i, "LineString", "[" + place + ",[" + lon + ",50.2],[36.2,50.3]]");
    if (i % 4 == 2) body += feature(i, "Polygon", "[[" + place + ",[36.4,50.3],[36.7,50.3]," + place + "]]");
    if (i % 4 == 3) body += feature(i, "Point", place, R"("disc_radius_m":2000)");
  }
  return body;
}

/// The same batch without a server, in one go.
std::string answered_here(std::string_view content_type, std::string_view body) {
  const auto world = kordon::test::small_world();
  const auto opened = api::open_batch(
      *world,
      {.method = "POST", .target = target, .accept = {}, .content_type = content_type, .body = {}, .received = {}},
      {{"at", evaluation::Untyped{"2024-06-15T00:00:00Z"}}}, 0);
  REQUIRE(opened);
  std::string out;
  REQUIRE(batch::feed_wholly(*opened->stream, body, out));
  REQUIRE(batch::finish_wholly(*opened->stream, out));
  return out;
}

std::string request_head(std::string_view content_type) {
  return "POST " + std::string(target) + " HTTP/1.1\r\nHost: t\r\nContent-Type: " + std::string(content_type) +
         "\r\nTransfer-Encoding: chunked\r\n\r\n";
}

std::string answered_there(const Running& server, std::string_view content_type, std::string_view body,
                           std::size_t piece_bytes) {
  Wire wire(server.port());
  wire.send(request_head(content_type));
  for (; !body.empty(); body.remove_prefix(std::min(piece_bytes, body.size()))) {
    wire.send(chunk(body.substr(0, piece_bytes)));
  }
  wire.send("0\r\n\r\n");
  CHECK(Wire::status_of(wire.receive_header()) == 200);
  auto answer = wire.receive_chunked();
  wire.send(kordon::test::get_text("/livez"));
  CHECK(Wire::status_of(wire.receive()) == 200);  // the connection goes on
  return answer;
}

}  // namespace

TEST_CASE("lines and areas between points are answered in order, for many clients at once, as in one go") {
  const Running server;
  const auto body = mixed(60);
  const auto expected = answered_here("application/geo+json-seq", body);
  std::vector<std::future<std::string>> answers;
  for (std::size_t client = 0; client < 6; ++client) {
    answers.push_back(std::async(std::launch::async, [&server, &body, client] {
      return answered_there(server, "application/geo+json-seq", body, client % 2 == 0 ? 100'000 : 700);
    }));
  }
  for (auto& answer : answers) CHECK(answer.get() == expected);
}

TEST_CASE("rows that are far from every line are answered in order, whatever a turn holds of them") {
  const Running server;
  std::string body = "id,lon,lat\n";
  for (int i = 0; i < 5000; ++i) body += std::to_string(i) + "," + std::to_string(-100 + i * 0.01) + ",-40\n";
  CHECK(answered_there(server, "text/csv", body, 100'000) == answered_here("text/csv", body));
}

TEST_CASE("clients that leave while other threads work for them leave nothing behind") {
  const std::string zones = feature(0, "Point", "[36.4,50.3]", R"("disc_radius_m":900000)");
  const std::string world = feature(1, "Polygon", "[[[-180,-90],[180,-90],[180,90],[-180,90],[-180,-90]]]");
  {
    const Running server;
    for (int client = 0; client < 12; ++client) {
      Wire wire(server.port());
      wire.send(request_head("application/geo+json-seq") + chunk(zones + world + zones));
    }
    Wire wire(server.port());
    wire.send(kordon::test::get_text("/v1/evaluate?lon=37&lat=50.6"));
    CHECK(Wire::status_of(wire.receive()) == 200);
  }  // and the server ends
}
