#include "server/gzip.hpp"

#include <doctest/doctest.h>

#include <random>
#include <string>

#include "tests/server/inflater.hpp"

using namespace kordon;

namespace {

std::string noise(std::size_t bytes) {
  std::mt19937 random(1);
  std::string text(bytes, '\0');
  for (auto& byte : text) byte = static_cast<char>(random());
  return text;
}

}  // namespace

TEST_CASE("bodies of all sizes come back from compression as they were") {
  kordon::server::Gzip gzip;
  std::string body;
  for (int i = 0; i < 3; ++i) {
    body = std::string(200'000, static_cast<char>('a' + i)) + body;
    CHECK(kordon::test::unzipped(gzip.compress(body)) == body);
  }
  CHECK(gzip.compress("\x01\x9f").empty());  // not smaller
}

TEST_CASE("each piece of a stream can be read when it has come, whatever its size") {
  kordon::server::GzipStream gzip;
  kordon::test::Inflater inflater;
  for (const std::size_t size : {1UL, 300UL, 1023UL, 1024UL, 1025UL, 3'000'000UL, 2UL, 100'000UL}) {
    CAPTURE(size);
    for (const auto& piece : {std::string(size, 'a'), noise(size)}) {
      CHECK((inflater.add(gzip.add(piece)) == piece));
      CHECK_FALSE(inflater.ended());
    }
  }
  CHECK(inflater.add(gzip.finish()).empty());
  CHECK(inflater.ended());
}

TEST_CASE("a stream of nothing is gzip, too") {
  kordon::server::GzipStream gzip;
  CHECK(kordon::test::unzipped(gzip.finish()).empty());
}
