// A batch that is answered while it is read, compressed.
#include <doctest/doctest.h>

#include <random>
#include <string>
#include <thread>

#include "tests/server/inflater.hpp"
#include "tests/server/running.hpp"
#include "tests/server/streams.hpp"

using namespace kordon;
using kordon::test::chunk;
using kordon::test::get_text;
using kordon::test::Inflater;
using kordon::test::lines;
using kordon::test::row;
using kordon::test::Running;
using kordon::test::stream_head;
using kordon::test::Wire;
using std::chrono::milliseconds;

namespace {

const std::string accepting = "Accept-Encoding: br, gzip;q=0.8\r\n";
const std::string chunked = "Transfer-Encoding: chunked\r\n";

struct Answer {
  std::string head;
  std::string body;
};

/// The answer to a body that comes in two pieces.
Answer answer_to(const kordon::test::Running& server, std::string_view content_type, std::string_view body,
                 std::string_view fields) {
  kordon::test::Wire wire(server.port());
  const auto half = body.size() / 2;
  wire.send("POST /v1/evaluate?at=2024-06-15T00:00:00Z HTTP/1.1\r\nHost: t\r\nContent-Type: " +
            std::string(content_type) + "\r\n" + std::string(fields) + chunked + "\r\n" +
            kordon::test::chunk(body.substr(0, half)) + kordon::test::chunk(body.substr(half)) + "0\r\n\r\n");
  Answer answer;
  answer.head = wire.receive_header();
  answer.body = wire.receive_chunked();
  wire.send(kordon::test::get_text("/livez"));
  CHECK(kordon::test::Wire::status_of(wire.receive()) == 200);  // the connection goes on
  return answer;
}

}  // namespace

TEST_CASE("compressed, a stream of any format is the same, byte for byte") {
  auto config = kordon::test::small_limits();
  config.limits.turn = std::chrono::milliseconds(1000);  // what is compressed at once
  const kordon::test::Running server(config);
  std::string json_lines;
  std::string csv = "id,lon,lat\n";
  std::string json_texts;
  for (int i = 0; i < 500; ++i) {
    const auto lat = std::to_string(49.5 + i * 0.004);
    json_lines += "{\"id\":" + std::to_string(i) + ",\"lon\":37,\"lat\":" + lat + "}\n";
    csv += std::to_string(i) + ",37," + lat + "\n";
    json_texts += "\x1e{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"Point\",\"coordinates\":[37," +
                  lat + "]}}\n";
  }
  for (const auto& [type, body] : {std::pair<std::string, std::string>{"application/x-ndjson", json_lines},
                                   {"text/csv", csv},
                                   {"application/geo+json-seq", json_texts}}) {
    CAPTURE(type);
    const auto plain = answer_to(server, type, body, "");
    CHECK(kordon::test::Wire::status_of(plain.head) == 200);
    CHECK(kordon::test::lines(plain.body) >= 500);
    CHECK_FALSE(plain.head.contains("Content-Encoding"));
    CHECK(plain.head.contains("Vary: Accept-Encoding\r\n"));
    const auto packed = answer_to(server, type, body, accepting);
    CHECK(packed.head.contains("Content-Encoding: gzip\r\n"));
    CHECK(packed.head.contains("Vary: Accept-Encoding\r\n"));
    CHECK(packed.head.contains("Transfer-Encoding: chunked\r\n"));
    CHECK(packed.body.size() < plain.body.size() / 3);
    CHECK((kordon::test::unzipped(packed.body) == plain.body));
  }
}

TEST_CASE("a stream is not compressed for a client that does not accept it") {
  const kordon::test::Running server;
  for (const std::string_view fields : {"", "Accept-Encoding: br\r\n", "Accept-Encoding: gzip;q=0, *\r\n"}) {
    CAPTURE(fields);
    const auto answer = answer_to(server, "application/x-ndjson", kordon::test::row + kordon::test::row, fields);
    CHECK_FALSE(answer.head.contains("Content-Encoding"));
    CHECK(answer.head.contains("Vary: Accept-Encoding\r\n"));
    CHECK(answer.body.starts_with("{\"lon\":37"));
  }
}

TEST_CASE("a compressed row can be read before the next one is sent") {
  const kordon::test::Running server;
  kordon::test::Wire wire(server.port());
  kordon::test::Inflater inflater;
  wire.send(kordon::test::stream_head(accepting + chunked));
  for (int i = 0; i < 3; ++i) {
    wire.send(kordon::test::chunk(kordon::test::row));
    if (i == 0) CHECK(wire.receive_header().contains("Content-Encoding: gzip\r\n"));
    CHECK(kordon::test::lines(inflater.add(wire.receive_chunk())) == 1);
    CHECK_FALSE(inflater.ended());
  }
  wire.send("0\r\n\r\n");
  CHECK(inflater.add(wire.receive_chunked()).empty());
  CHECK(inflater.ended());
}

TEST_CASE("a compressed stream that breaks off ends neither as gzip nor as chunks") {
  const kordon::test::Running server;
  kordon::test::Wire wire(server.port());
  wire.send(kordon::test::stream_head(accepting + chunked) + kordon::test::chunk(kordon::test::row) + "nonsense\r\n");
  CHECK(kordon::test::Wire::status_of(wire.receive_header()) == 200);
  kordon::test::Inflater inflater;
  CHECK(kordon::test::lines(inflater.add(wire.receive_chunk())) == 1);
  CHECK(wire.receive_rest().empty());
  CHECK_FALSE(inflater.ended());
}

TEST_CASE("to HTTP/1.0 a compressed stream says itself whether it is whole") {
  const kordon::test::Running server;
  kordon::test::Wire wire(server.port());
  wire.send(kordon::test::stream_head(
                accepting + "Content-Length: " + std::to_string(kordon::test::row.size()) + "\r\n", "HTTP/1.0") +
            kordon::test::row);
  CHECK(wire.receive_header().contains("Content-Encoding: gzip\r\n"));
  CHECK(kordon::test::lines(kordon::test::unzipped(wire.receive_rest())) == 1);
}

TEST_CASE("a problem in the place of a stream is no stream") {
  const kordon::test::Running server;
  kordon::test::Wire wire(server.port());
  wire.send(kordon::test::stream_head(accepting + "Accept: image/png\r\n" + chunked) +
            kordon::test::chunk(kordon::test::row) + "0\r\n\r\n");
  const auto answer = wire.receive();
  CHECK(kordon::test::Wire::status_of(answer) == 406);
  CHECK(answer.contains("Content-Length: "));
}

TEST_CASE("a client of a compressed stream that sends all before it reads loses nothing") {
  auto config = kordon::test::small_limits();
  config.timeouts.write = config.timeouts.body = milliseconds(20'000);
  const kordon::test::Running server(config);
  kordon::test::Wire wire(server.port());
  constexpr std::size_t rows = 30'000;  // some 15 MB compressed, more than sockets hold
  std::mt19937 random(1);
  wire.send(kordon::test::stream_head(accepting + chunked));
  for (std::size_t i = 0; i < rows; ++i) {
    std::string note(1000, '0');
    for (auto& digit : note) digit = "0123456789abcdef"[random() % 16];
    wire.send(kordon::test::chunk("{\"note\":\"" + note + "\"," + kordon::test::row.substr(1)));
  }
  wire.send("0\r\n\r\n");
  CHECK(kordon::test::Wire::status_of(wire.receive_header()) == 200);
  CHECK(kordon::test::lines(kordon::test::unzipped(wire.receive_chunked())) == rows);
}

TEST_CASE("the place of a compressed stream whose client has gone is free again") {
  auto config = kordon::test::small_limits();
  config.limits.streams = 1;
  const kordon::test::Running server(config);
  {
    kordon::test::Wire gone(server.port());
    gone.send(kordon::test::stream_head(accepting + chunked) + kordon::test::chunk(kordon::test::row));
    CHECK(kordon::test::Wire::status_of(gone.receive_header()) == 200);
  }
  for (int tries = 0;; ++tries) {
    kordon::test::Wire next(server.port());
    next.send(kordon::test::stream_head(accepting + chunked) + kordon::test::chunk(kordon::test::row) + "0\r\n\r\n");
    const auto status = kordon::test::Wire::status_of(next.receive_header());
    if (status == 503 && tries < 100) {
      std::this_thread::sleep_for(milliseconds(20));
      continue;
    }
    CHECK(status == 200);
    CHECK(kordon::test::lines(kordon::test::unzipped(next.receive_chunked())) == 1);
    break;
  }
}
