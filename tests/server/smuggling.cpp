// Never two answers to one request, never a request inside another: each message is sent with a second request that
// must not be answered, in one piece and byte by byte.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/server/running.hpp"
#include "tests/server/streams.hpp"

using namespace kordon;
using kordon::test::get_text;
using kordon::test::Running;
using kordon::test::Wire;

namespace {

const std::string hidden = kordon::test::get_text("/hidden");

/// All that the server says until it closes.
std::string all_answers(const kordon::test::Running& server, std::string_view bytes, bool byte_by_byte) {
  kordon::test::Wire wire(server.port());
  for (std::size_t at = 0; at < bytes.size(); at += byte_by_byte ? 1 : bytes.size()) {
    wire.send(byte_by_byte ? bytes.substr(at, 1) : bytes);
  }
  std::string all;
  for (auto answer = wire.receive(); !answer.empty(); answer = wire.receive()) all += answer;
  return all;
}

std::size_t count(std::string_view text, std::string_view what) {
  std::size_t found = 0;
  for (auto at = text.find(what); at != text.npos; at = text.find(what, at + 1)) ++found;
  return found;
}

std::string post(std::string_view fields, std::string_view body) {
  return "POST /v1/evaluate HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\n" + std::string(fields) + "\r\n" +
         std::string(body);
}

}  // namespace

TEST_CASE("a message that could be read in two ways is answered once, with 400, and ends the connection") {
  const kordon::test::Running server;
  const std::vector<std::string> messages{
      post("Content-Length: 5\r\nContent-Length: 6\r\n", "hello"),
      post("Content-Length: 5\r\nContent-Length: 5\r\n", "hello"),
      post("Content-Length: 0, 5\r\n", ""),
      post("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
      post("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", "0\r\n\r\n"),
      post("Transfer-Encoding: identity, chunked\r\n", "0\r\n\r\n"),
      post("Transfer-Encoding: \x0b"
           "chunked\r\n",
           "0\r\n\r\n"),
      post("Transfer-Encoding : chunked\r\n", "0\r\n\r\n"),
      post("X: y\r\n Transfer-Encoding: chunked\r\n", ""),
      post("X: y\rTransfer-Encoding: chunked\r\n", ""),
      post("X: y\nTransfer-Encoding: chunked\r\n", ""),
      post("Transfer-Encoding: chunked\r\n", "1\nx\r\n0\r\n\r\n"),
      post("Transfer-Encoding: chunked\r\n", "-1\r\n"),
      post("Transfer-Encoding: chunked\r\n", "2\r\nabc\r\n0\r\n\r\n"),
      post("Transfer-Encoding: chunked\r\n", "10000000000000000\r\n"),
      post("Transfer-Encoding: chunked\r\n", "0\r\nX\r\n\r\n"),
      "GET /livez HTTP/1.1\r\nHost: t\r\nHost: u\r\n\r\n",
      "GET /livez HTTP/1.1\r\n\r\n",
      "GET /livez HTTP/1.1\r\nHost: t\r\nX: y\n\r\n",
      "GET /livez HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
  };
  for (const auto& message : messages) {
    for (const bool byte_by_byte : {false, true}) {
      CAPTURE(message);
      CAPTURE(byte_by_byte);
      const auto answers = all_answers(server, message + hidden, byte_by_byte);
      CHECK(answers.starts_with("HTTP/1.1 400 "));
      CHECK(count(answers, "HTTP/1.1 ") == 1);
    }
  }
}

TEST_CASE("what looks like a request inside a body is a body") {
  const kordon::test::Running server;
  for (const bool byte_by_byte : {false, true}) {
    const auto last = "GET /livez HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n";
    const auto counted = post("Content-Length: " + std::to_string(hidden.size()) + "\r\n", hidden) + last;
    const auto chunked = post("Transfer-Encoding: chunked\r\n", kordon::test::chunk(hidden) + "0\r\n\r\n") + last;
    for (const auto& message : {counted, chunked}) {
      const auto answers = all_answers(server, message, byte_by_byte);
      CHECK(count(answers, "HTTP/1.1 ") == 2);
      CHECK(answers.starts_with("HTTP/1.1 400 "));
      CHECK(answers.contains("HTTP/1.1 200 "));
      CHECK_FALSE(answers.contains("HTTP/1.1 404 "));
    }
  }
}

TEST_CASE("a GET may have a body, which is read and left alone") {
  const kordon::test::Running server;
  kordon::test::Wire wire(server.port());
  wire.send("GET /livez HTTP/1.1\r\nHost: t\r\nContent-Length: 5\r\n\r\nhello" + kordon::test::get_text("/readyz"));
  CHECK(kordon::test::Wire::status_of(wire.receive()) == 200);
  CHECK(kordon::test::Wire::body_of(wire.receive()).contains("ready"));
}
