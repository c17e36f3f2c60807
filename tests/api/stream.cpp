#include "api/stream.hpp"

#include <doctest/doctest.h>

#include "tests/api/test_world.hpp"

using namespace kordon;

namespace {

struct Streamed {
  std::string out;
  kordon::batch::StreamTotals totals;
};

/// Feeds a body in pieces of this many bytes.
Streamed stream(std::string_view body, std::size_t piece_bytes, std::string_view content_type) {
  const auto world = kordon::test::small_world();
  auto opened = kordon::api::open_stream(*world, {.method = "POST",
                                                  .target = "/v1/evaluate",
                                                  .accept = {},
                                                  .content_type = content_type,
                                                  .body = {},
                                                  .received = kordon::test::test_now()});
  REQUIRE(opened.has_value());
  REQUIRE(opened->has_value());
  auto& reader = *(*opened)->stream;
  Streamed streamed;
  while (!body.empty()) {
    const auto piece = body.substr(0, piece_bytes);
    REQUIRE(reader.feed(piece, streamed.out));
    body.remove_prefix(piece.size());
  }
  REQUIRE(reader.finish(streamed.out));
  streamed.totals = reader.totals();
  return streamed;
}

}  // namespace

TEST_CASE("a stream answers the same however its body is split") {
  const std::string body =
      "{\"lon\":37,\"lat\":50.6}\n\nnonsense\n{\"lon\":37,\"lat\":95}\r\n{\"lon\":37,\"lat\":50.4}";
  const auto whole = stream(body, body.size(), "application/x-ndjson");
  CHECK(whole.totals.rows == 4);
  CHECK(whole.totals.rows_in_error == 2);
  CHECK(std::ranges::count(whole.out, '\n') == 4);
  for (std::size_t bytes = 1; bytes < body.size(); ++bytes) {
    CHECK(stream(body, bytes, "application/x-ndjson").out == whole.out);
  }
}
