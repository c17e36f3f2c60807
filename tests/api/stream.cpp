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
    REQUIRE(batch::feed_wholly(reader, piece, streamed.out));
    body.remove_prefix(piece.size());
  }
  REQUIRE(batch::finish_wholly(reader, streamed.out));
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

TEST_CASE("the header fields of a stream say which columns of CSV were taken, whatever letters they have") {
  const auto world = kordon::test::small_world();
  const auto columns = [&](std::string_view body, std::string_view type, std::string_view query = "") {
    const auto target = "/v1/evaluate" + std::string(query);
    auto opened = kordon::api::open_stream(*world, {.method = "POST",
                                                    .target = target,
                                                    .accept = {},
                                                    .content_type = type,
                                                    .body = {},
                                                    .received = kordon::test::test_now()});
    REQUIRE((opened && *opened));
    std::string out;
    REQUIRE((*opened)->stream->feed(body, out));
    REQUIRE((*opened)->stream->finish(out));
    for (const auto& [name, value] : kordon::api::headers_of(**opened)) {
      if (name == "Kordon-Columns") return value;
    }
    return std::string();
  };
  CHECK(columns("id,Long,Lat\n1,37,50\n", "text/csv") == R"(lon=%"Long", lat=%"Lat")");
  CHECK(columns("широта;довгота\n50;37\n", "text/csv") ==
        R"(lon=%"%d0%b4%d0%be%d0%b2%d0%b3%d0%be%d1%82%d0%b0", lat=%"%d1%88%d0%b8%d1%80%d0%be%d1%82%d0%b0")");
  CHECK(columns("\"a \"\"%\",b,at\n37,50,2024-06-15T00:00:00Z\n", "text/csv", "?lon_column=a%20%22%25&lat_column=b") ==
        R"(lon=%"a %22%25", lat=%"b", at=%"at")");
  const std::string long_name(201, 'x');
  CHECK(columns(long_name + ",lat\n37,50\n", "text/csv", "?lon_column=" + long_name) == R"(lat=%"lat")");
  CHECK(columns("{\"lon\":37,\"lat\":50}\n", "application/x-ndjson").empty());
}
