// A batch that is answered while it is read, compressed.
#include <doctest/doctest.h>

#include <random>
#include <string>
#include <thread>

#include "tests/server/inflater.hpp"
#include "tests/server/running.hpp"
#include "tests/server/streams.hpp"

using namespace kordon;
using std::chrono::milliseconds;
using test::chunk;
using test::get_text;
using test::Inflater;
using test::lines;
using test::row;
using test::Running;
using test::stream_head;
using test::Wire;

namespace {

const std::string accepting = "Accept-Encoding: br, gzip;q=0.8\r\n";
const std::string chunked = "Transfer-Encoding: chunked\r\n";

struct Answer {
  std::string head;
  std::string body;
};

/// The answer to a body that comes in two pieces.
Answer answer_to(const Running& server, std::string_view content_type, std::string_view body, std::string_view fields) {
  Wire wire(server.port());
  const auto half = body.size() / 2;
  wire.send("POST /v1/evaluate?at=2024-06-15T00:00:00Z HTTP/1.1\r\nHost: t\r\nContent-Type: " +
            std::string(content_type) + "\r\n" + std::string(fields) + chunked + "\r\n" + chunk(body.substr(0, half)) +
            chunk(body.substr(half)) + "0\r\n\r\n");
  Answer answer;
  answer.head = wire.receive_header();
  answer.body = wire.receive_chunked();
  wire.send(get_text("/livez"));
  CHECK(Wire::status_of(wire.receive()) == 200);  // the connection goes on
  return answer;
}

}  // namespace

TEST_CASE("compressed, a stream of any format is the same, byte for byte") {
  const Running server;
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
    CHECK(Wire::status_of(plain.head) == 200);
    CHECK(lines(plain.body) >= 500);
    CHECK_FALSE(plain.head.contains("Content-Encoding"));
    CHECK(plain.head.contains("Vary: Accept-Encoding\r\n"));
    const auto packed = answer_to(server, type, body, accepting);
    CHECK(packed.head.contains("Content-Encoding: gzip\r\n"));
    CHECK(packed.head.contains("Vary: Accept-Encoding\r\n"));
    CHECK(packed.head.contains("Transfer-Encoding: chunked\r\n"));
    CHECK(packed.body.size() < plain.body.size() / 3);
    CHECK((test::unzipped(packed.body) == plain.body));
  }
}

TEST_CASE("a stream is not compressed for whom does not accept it") {
  const Running server;
  for (const std::string_view fields : {"", "Accept-Encoding: br\r\n", "Accept-Encoding: gzip;q=0, *\r\n"}) {
    CAPTURE(fields);
    const auto answer = answer_to(server, "application/x-ndjson", row + row, fields);
    CHECK_FALSE(answer.head.contains("Content-Encoding"));
    CHECK(answer.head.contains("Vary: Accept-Encoding\r\n"));
    CHECK(answer.body.starts_with("{\"lon\":37"));
  }
}

TEST_CASE("a compressed row can be read before the next one is sent") {
  const Running server;
  Wire wire(server.port());
  Inflater inflater;
  wire.send(stream_head(accepting + chunked));
  for (int i = 0; i < 3; ++i) {
    wire.send(chunk(row));
    if (i == 0) CHECK(wire.receive_header().contains("Content-Encoding: gzip\r\n"));
    CHECK(lines(inflater.add(wire.receive_chunk())) == 1);
    CHECK_FALSE(inflater.ended());
  }
  wire.send("0\r\n\r\n");
  CHECK(inflater.add(wire.receive_chunked()).empty());
  CHECK(inflater.ended());
}

TEST_CASE("an empty stream is compressed to something that is empty again") {
  const Running server;
  Wire wire(server.port());
  wire.send(stream_head(accepting + chunked) + "0\r\n\r\n");
  CHECK(wire.receive_header().contains("Content-Encoding: gzip\r\n"));
  CHECK(test::unzipped(wire.receive_chunked()).empty());
}

TEST_CASE("a compressed stream that breaks off ends neither as gzip nor as chunks") {
  const Running server;
  Wire wire(server.port());
  wire.send(stream_head(accepting + chunked) + chunk(row) + "nonsense\r\n");
  CHECK(Wire::status_of(wire.receive_header()) == 200);
  Inflater inflater;
  CHECK(lines(inflater.add(wire.receive_chunk())) == 1);
  CHECK(wire.receive_rest().empty());
  CHECK_FALSE(inflater.ended());
}

TEST_CASE("to HTTP/1.0 a compressed stream says itself whether it is whole") {
  const Running server;
  Wire wire(server.port());
  wire.send(stream_head(accepting + "Content-Length: " + std::to_string(row.size()) + "\r\n", "HTTP/1.0") + row);
  CHECK(wire.receive_header().contains("Content-Encoding: gzip\r\n"));
  CHECK(lines(test::unzipped(wire.receive_rest())) == 1);
}

TEST_CASE("a problem in the place of a stream is no stream") {
  const Running server;
  Wire wire(server.port());
  wire.send(stream_head(accepting + "Accept: image/png\r\n" + chunked) + chunk(row) + "0\r\n\r\n");
  const auto answer = wire.receive();
  CHECK(Wire::status_of(answer) == 406);
  CHECK(answer.contains("Content-Length: "));
}

TEST_CASE("a client of a compressed stream that does not read is waited for, and nothing is lost") {
  auto config = test::small_limits();
  config.timeouts.write = config.timeouts.body = milliseconds(20'000);
  const Running server(config);
  Wire wire(server.port());
  constexpr std::size_t rows = 30'000;  // some 15 MB compressed, more than sockets hold
  std::mt19937 random(1);
  std::atomic<std::size_t> sent = 0;
  std::jthread sender([&] {
    wire.send(stream_head(accepting + chunked));
    for (std::size_t i = 0; i < rows; ++i, ++sent) {
      std::string note(1000, '0');
      for (auto& digit : note) digit = "0123456789abcdef"[random() % 16];
      wire.send(chunk("{\"note\":\"" + note + "\"," + row.substr(1)));
    }
    wire.send("0\r\n\r\n");
  });
  std::size_t before = 0;
  do {  // until back-pressure has stopped the sender
    before = sent;
    std::this_thread::sleep_for(milliseconds(300));
  } while (sent != before);
  CHECK(sent.load() < rows);
  CHECK(Wire::status_of(wire.receive_header()) == 200);
  CHECK(lines(test::unzipped(wire.receive_chunked())) == rows);
}

TEST_CASE("the place of a compressed stream whose client has gone is free again") {
  auto config = test::small_limits();
  config.limits.streams = 1;
  const Running server(config);
  {
    Wire gone(server.port());
    gone.send(stream_head(accepting + chunked) + chunk(row));
    CHECK(Wire::status_of(gone.receive_header()) == 200);
  }
  for (int tries = 0;; ++tries) {
    Wire next(server.port());
    next.send(stream_head(accepting + chunked) + chunk(row) + "0\r\n\r\n");
    const auto status = Wire::status_of(next.receive_header());
    if (status == 503 && tries < 100) {
      std::this_thread::sleep_for(milliseconds(20));
      continue;
    }
    CHECK(status == 200);
    CHECK(lines(test::unzipped(next.receive_chunked())) == 1);
    break;
  }
}
