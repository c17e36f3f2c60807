// A batch that is answered while it is read, over real sockets.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <thread>

#include "tests/server/running.hpp"
#include "tests/server/streams.hpp"

using namespace kordon;
using kordon::test::chunk;
using kordon::test::get_text;
using kordon::test::lines;
using kordon::test::row;
using kordon::test::Running;
using kordon::test::stream_head;
using kordon::test::Wire;
using std::chrono::milliseconds;

TEST_CASE("a stream longer than any whole body may be is answered row by row, and the connection goes on") {
  const kordon::test::Running server;
  kordon::test::Wire wire(server.port());
  constexpr std::size_t rows = 3000;
  std::string body;
  for (std::size_t i = 0; i < rows; ++i) body += kordon::test::row;
  std::jthread sender([&] {
    wire.send(kordon::test::stream_head("Content-Length: " + std::to_string(body.size()) + "\r\n") + body +
              kordon::test::get_text("/livez"));
  });
  const auto head = wire.receive_header();
  CHECK(head.contains("Transfer-Encoding: chunked\r\n"));
  CHECK_FALSE(head.contains("Content-Length"));
  const auto answer = wire.receive_chunked();
  CHECK(kordon::test::lines(answer) == rows);
  CHECK(nlohmann::json::parse(answer.substr(0, answer.find('\n')))["regions"][0] == "RU");
  CHECK(kordon::test::Wire::status_of(wire.receive()) == 200);
}

TEST_CASE("a row is answered before the next one is sent") {
  const kordon::test::Running server;
  kordon::test::Wire wire(server.port());
  wire.send(kordon::test::stream_head("Transfer-Encoding: chunked\r\n"));
  for (int i = 0; i < 3; ++i) {
    wire.send(kordon::test::chunk(kordon::test::row));
    if (i == 0) CHECK(kordon::test::Wire::status_of(wire.receive_header()) == 200);
    CHECK(kordon::test::lines(wire.receive_chunk()) == 1);
  }
  wire.send("0\r\n\r\n" + kordon::test::get_text("/livez"));
  CHECK(wire.receive_chunk().empty());
  CHECK(kordon::test::Wire::status_of(wire.receive()) == 200);
}

TEST_CASE("to HTTP/1.0 a stream ends with the connection") {
  const kordon::test::Running server;
  kordon::test::Wire wire(server.port());
  wire.send(kordon::test::stream_head(
                "Connection: keep-alive\r\nContent-Length: " + std::to_string(2 * kordon::test::row.size()) + "\r\n",
                "HTTP/1.0") +
            kordon::test::row + kordon::test::row);
  const auto head = wire.receive_header();
  CHECK_FALSE(head.contains("Transfer-Encoding"));
  CHECK(head.contains("Connection: close\r\n"));
  CHECK(kordon::test::lines(wire.receive_rest()) == 2);
}

TEST_CASE("a stream without a row is refused") {
  const kordon::test::Running server;
  kordon::test::Wire wire(server.port());
  wire.send(kordon::test::stream_head("Transfer-Encoding: chunked\r\n") + "0\r\n\r\n");
  const auto answer = wire.receive();
  CHECK(kordon::test::Wire::status_of(answer) == 400);
  CHECK(answer.contains("Content-Length: "));
}

TEST_CASE("a client that expects it is invited to stream, one that will be refused is not") {
  const kordon::test::Running server;
  kordon::test::Wire wire(server.port());
  wire.send(kordon::test::stream_head(
      "Expect: 100-continue\r\nContent-Length: " + std::to_string(kordon::test::row.size()) + "\r\n"));
  CHECK(wire.receive_header() == "HTTP/1.1 100 Continue\r\n\r\n");
  wire.send(kordon::test::row);
  CHECK(kordon::test::Wire::status_of(wire.receive_header()) == 200);
  CHECK(kordon::test::lines(wire.receive_chunked()) == 1);
  kordon::test::Wire refused(server.port());
  refused.send(kordon::test::stream_head("Accept: image/png\r\nExpect: 100-continue\r\nContent-Length: 5\r\n"));
  const auto answer = refused.receive();
  CHECK(kordon::test::Wire::status_of(answer) == 406);
  CHECK(answer.contains("Connection: close\r\n"));
  CHECK(refused.receive().empty());
}

TEST_CASE("what a client does not read yet is kept for it, and nothing is lost") {
  auto config = kordon::test::small_limits();
  config.timeouts.write = config.timeouts.body = milliseconds(20'000);
  const kordon::test::Running server(config);
  kordon::test::Wire wire(server.port());
  constexpr std::size_t rows = 30'000;  // some 30 MB each way, more than sockets hold
  const std::string wide_row =
      kordon::test::chunk("{\"note\":\"" + std::string(1000, 'x') + "\"," + kordon::test::row.substr(1));
  std::atomic<std::size_t> sent = 0;
  std::jthread sender([&] {
    wire.send(kordon::test::stream_head("Transfer-Encoding: chunked\r\n"));
    for (std::size_t i = 0; i < rows; ++i, ++sent) wire.send(wide_row);
    wire.send("0\r\n\r\n");
  });
  sender.join();
  CHECK(sent.load() == rows);
  CHECK(kordon::test::Wire::status_of(wire.receive_header()) == 200);
  CHECK(kordon::test::lines(wire.receive_chunked()) == rows);
}

TEST_CASE("while one client streams, others on the same thread are answered") {
  auto config = kordon::test::small_limits();
  config.threads = 1;
  const kordon::test::Running server(config);
  kordon::test::Wire wire(server.port());
  std::string body;
  for (int i = 0; i < 5000; ++i) body += kordon::test::row;
  std::jthread sender(
      [&] { wire.send(kordon::test::stream_head("Content-Length: " + std::to_string(body.size()) + "\r\n") + body); });
  wire.receive_header();
  kordon::test::Wire other(server.port());
  other.send(kordon::test::get_text("/livez"));
  CHECK(kordon::test::Wire::status_of(other.receive()) == 200);
  CHECK(kordon::test::lines(wire.receive_chunked()) == 5000);
}

TEST_CASE("short rows with long answers take no longer change_times than others") {
  auto config = kordon::test::small_limits();
  config.timeouts.write = config.timeouts.body = milliseconds(20'000);
  const kordon::test::Running server(config);
  kordon::test::Wire wire(server.port());
  constexpr std::size_t rows = 5000;
  std::string body = "lon,lat\n";
  for (std::size_t i = 0; i < rows; ++i) body += "37,50.6\n";
  std::jthread sender([&] {
    wire.send(
        "POST /v1/evaluate?detail=full HTTP/1.1\r\nHost: t\r\nContent-Type: text/csv\r\n"
        "Accept: application/x-ndjson\r\nContent-Length: " +
        std::to_string(body.size()) + "\r\n\r\n" + body);
  });
  CHECK(kordon::test::Wire::status_of(wire.receive_header()) == 200);
  std::size_t most_bytes = 0;
  std::size_t answered = 0;
  for (auto piece = wire.receive_chunk(); !piece.empty(); piece = wire.receive_chunk()) {
    most_bytes = std::max(most_bytes, piece.size());
    answered += kordon::test::lines(piece);
  }
  CHECK(answered == rows);
  CHECK(most_bytes < 1'000'000);
}

TEST_CASE("a stream that breaks off is not ended as if it were whole") {
  const kordon::test::Running server;
  kordon::test::Wire wire(server.port());
  wire.send(kordon::test::stream_head("Transfer-Encoding: chunked\r\n") + kordon::test::chunk(kordon::test::row) +
            "nonsense\r\n");
  CHECK(kordon::test::Wire::status_of(wire.receive_header()) == 200);
  CHECK(kordon::test::lines(wire.receive_chunk()) == 1);
  CHECK(wire.receive_rest().empty());
  kordon::test::Wire silent(server.port());
  silent.send(kordon::test::stream_head("Transfer-Encoding: chunked\r\n") + kordon::test::chunk(kordon::test::row));
  silent.receive_header();
  CHECK(kordon::test::lines(silent.receive_chunk()) == 1);
  CHECK(silent.receive_rest().empty());  // 300 ms later: out of time
}

TEST_CASE("a stream that never brings a row is 408") {
  const kordon::test::Running server;
  kordon::test::Wire wire(server.port());
  wire.send(kordon::test::stream_head("Transfer-Encoding: chunked\r\n") + "5\r\n{\"lo");
  CHECK(kordon::test::Wire::status_of(wire.receive()) == 408);
}

TEST_CASE("a stream may be long in coming as long as it comes") {
  const kordon::test::Running server;
  kordon::test::Wire wire(server.port());
  wire.send(kordon::test::stream_head("Transfer-Encoding: chunked\r\n"));
  for (int i = 0; i < 8; ++i) {
    wire.send(kordon::test::chunk(kordon::test::row));
    std::this_thread::sleep_for(milliseconds(100));
  }
  wire.send("0\r\n\r\n");
  CHECK(kordon::test::Wire::status_of(wire.receive_header()) == 200);
  CHECK(kordon::test::lines(wire.receive_chunked()) == 8);
}

TEST_CASE("streams have their own limits: bytes, and how many at once") {
  auto config = kordon::test::small_limits();
  config.limits.stream_bytes = 100;
  config.limits.streams = 1;
  const kordon::test::Running server(config);
  kordon::test::Wire declared(server.port());
  declared.send(kordon::test::stream_head("Content-Length: 101\r\n"));
  CHECK(kordon::test::Wire::status_of(declared.receive()) == 413);
  kordon::test::Wire grown(server.port());
  grown.send(kordon::test::stream_head("Transfer-Encoding: chunked\r\n") + kordon::test::chunk(kordon::test::row));
  CHECK(kordon::test::Wire::status_of(grown.receive_header()) == 200);
  CHECK(kordon::test::lines(grown.receive_chunk()) == 1);
  kordon::test::Wire second(server.port());
  second.send(kordon::test::stream_head("Transfer-Encoding: chunked\r\n") + kordon::test::chunk(kordon::test::row));
  const auto problem = second.receive();
  CHECK(kordon::test::Wire::status_of(problem) == 503);
  CHECK(problem.contains("Retry-After: "));
  for (int i = 0; i < 5; ++i) grown.send(kordon::test::chunk(kordon::test::row));
  CHECK_FALSE(grown.receive_rest().contains("\r\n0\r\n\r\n"));
}

TEST_CASE("a stream under way is finished when the server stops") {
  auto config = kordon::test::small_limits();
  config.timeouts.shutdown = milliseconds(5000);
  kordon::test::Running running(config);
  kordon::test::Wire wire(running.port());
  wire.send(kordon::test::stream_head("Transfer-Encoding: chunked\r\n") + kordon::test::chunk(kordon::test::row));
  CHECK(kordon::test::Wire::status_of(wire.receive_header()) == 200);
  wire.receive_chunk();
  running.server().stop();
  std::this_thread::sleep_for(milliseconds(150));
  wire.send(kordon::test::chunk(kordon::test::row) + "0\r\n\r\n");
  CHECK(kordon::test::lines(wire.receive_chunked()) == 1);
  running.server().join();
}

TEST_CASE("rows in chunks of their own that have come together are answered together") {
  const kordon::test::Running server;
  kordon::test::Wire wire(server.port());
  constexpr std::size_t rows = 2000;
  std::string body;
  for (std::size_t i = 0; i < rows; ++i) body += chunk(row);
  std::jthread sender([&] { wire.send(stream_head("Transfer-Encoding: chunked\r\n") + body + "0\r\n\r\n"); });
  wire.receive_header();
  std::size_t pieces = 0;
  std::size_t answered = 0;
  for (auto piece = wire.receive_chunk(); !piece.empty(); piece = wire.receive_chunk()) {
    ++pieces;
    answered += lines(piece);
  }
  CHECK(answered == rows);
  CHECK(pieces < rows / 2);
}
