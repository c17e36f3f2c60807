#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

#include "server/body_reader.hpp"

using namespace kordon::server;

namespace {

BodyReader reader_of(std::string_view framing) {
  const auto text = "POST / HTTP/1.1\r\nHost: a\r\n" + std::string(framing) + "\r\n";
  const auto head = parse_head(text);
  REQUIRE(head);
  return BodyReader(head->body, head->content_length);
}

constexpr auto chunked = "Transfer-Encoding: chunked\r\n";

struct Read {
  std::string body;
  std::string rest;
  bool done = false;
  bool faulty = false;
};

/// Hands the bytes over in pieces of these sizes, over and over, as a connection would.
Read read(std::string_view framing, std::string_view bytes, const std::vector<std::size_t>& sizes = {1'000'000}) {
  auto reader = reader_of(framing);
  Read result;
  std::size_t turn = 0;
  while (!reader.is_done()) {
    const auto step = reader.put(result.rest);
    if (!step) {
      result.faulty = true;
      break;
    }
    result.body += step->piece;
    result.rest.erase(0, step->consumed);
    if (step->consumed > 0) continue;
    if (bytes.empty()) break;
    const auto size = std::min(sizes[turn++ % sizes.size()], bytes.size());
    result.rest += bytes.substr(0, size);
    bytes.remove_prefix(size);
  }
  result.rest += bytes;
  result.done = reader.is_done();
  return result;
}

}  // namespace

TEST_CASE("no body takes nothing") {
  const auto result = read("", "GET /");
  CHECK(result.done);
  CHECK(result.rest == "GET /");
}

TEST_CASE("a counted body ends where it says") {
  const auto result = read("Content-Length: 5\r\n", "helloGET /", {3, 1});
  CHECK(result.body == "hello");
  CHECK(result.rest == "GET /");
  CHECK_FALSE(read("Content-Length: 5\r\n", "hell").done);
}

TEST_CASE("chunks are joined, whatever pieces they come in") {
  const std::string chunks = "5\r\nhello\r\n00A;name=\"value\"\r\n, world!\r\n\r\n0\r\nDigest: x\r\nA:\r\n\r\nGET /";
  for (std::size_t size = 1; size < chunks.size(); ++size) {
    const auto result = read(chunked, chunks, {size});
    CAPTURE(size);
    REQUIRE(result.done);
    CHECK(result.body == "hello, world!\r\n");
    CHECK(result.rest == "GET /");
  }
}

TEST_CASE("random bodies in random chunks and pieces come through whole") {
  std::mt19937 random(7);
  const auto below = [&](std::size_t n) { return random() % n; };
  for (int round = 0; round < 200; ++round) {
    std::string body;
    std::string chunks;
    for (std::size_t count = below(20); count > 0; --count) {
      std::string chunk(1 + below(300), '\0');
      for (auto& c : chunk) c = static_cast<char>(random());
      std::array<char, 20> size{};
      std::snprintf(size.data(), size.size(), below(2) ? "%zx" : "%zX", chunk.size());
      chunks += size.data() + std::string("\r\n") + chunk + "\r\n";
      body += chunk;
    }
    const auto result = read(chunked, chunks + "0\r\n\r\nnext", {1 + below(50), 1 + below(500)});
    REQUIRE(result.done);
    CHECK(result.body == body);
    CHECK(result.rest == "next");
  }
}

TEST_CASE("bad chunks are faults") {
  const std::vector<std::string> bad{
      "x\r\n",
      "\r\n",
      ";a\r\n",
      "-1\r\n",
      "+1\r\n",
      " 1\r\na\r\n",
      "1 \r\na\r\n",
      "0x1\r\na\r\n",
      "1\na\r\n",
      "1\r\nab\r\n",
      "1\r\na\n",
      "1\r\na\rx",
      "1;a\rb\r\na\r\n",
      "0\r\n\n",
      "0\r\nno colon\r\n\r\n",
      "0\r\n a: b\r\n\r\n",
      "0\r\na : b\r\n\r\n",
      "0\r\na: b\r\n folded\r\n\r\n",
      "0\r\na: \x01\r\n\r\n",
      "1;a=\"unclosed\r\na\r\n",
      "1;a=\"b\"c\r\na\r\n",
      "1;a=\r\na\r\n",
      "1;\r\na\r\n",
      "1;a \r\na\r\n",
      "1;a=\"\\\r\"\r\na\r\n",
      "fffffffffffffffff\r\n",
      "1;" + std::string(5000, 'a'),
      "1;" + std::string(60'000, 'a') + "\r\na\r\n",
      "0\r\na:" + std::string(9000, 'a') + "\r\n\r\n",
      "0\r\n" + std::string(5000, 'a'),
  };
  for (const auto& start : bad) {
    const auto chunks = start + "0\r\n\r\nGET /";
    CAPTURE(chunks);
    CHECK(read(chunked, chunks).faulty);
    CHECK(read(chunked, chunks, {1}).faulty);
  }
}

TEST_CASE("extensions and trailers of a legal size are read past, whatever pieces they come in") {
  for (const auto& extension : std::initializer_list<std::string>{";a", ";a=b", "; a = \"b \\\" ; c\"", " ;a;b=c ;d",
                                                                  ";x=" + std::string(4000, 'x')}) {
    const std::string chunks =
        "1" + extension + "\r\na\r\n0" + extension + "\r\nX: " + std::string(3000, 'x') + "\r\nY:\r\n\r\nnext";
    for (const std::size_t size : {1UL, 7UL, 1000UL, 100'000UL}) {
      CAPTURE(extension);
      const auto result = read(chunked, chunks, {size});
      CHECK(result.done);
      CHECK(result.body == "a");
      CHECK(result.rest == "next");
    }
  }
}
