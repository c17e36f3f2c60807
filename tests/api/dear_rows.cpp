// Rows that take far more time, or become far more bytes, than theirs show.
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <string>

#include "api/endpoints.hpp"
#include "api/stream.hpp"
#include "batch/batch_stream.hpp"
#include "tests/api/batch_run.hpp"
#include "tests/api/test_world.hpp"

using namespace kordon;

namespace {

constexpr std::size_t MB = 1U << 20U;

std::string times(std::size_t count, const std::string& text) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

/// A header of so many columns.
std::string wide(std::size_t columns) { return "lon,lat" + times(columns - 2, ",c") + "\n"; }

std::unique_ptr<batch::BatchStream> stream_of(std::string_view type, const batch::WorkLimits* limits = nullptr) {
  static const auto world = test::small_world();
  const api::http::Request head{.method = "POST",
                                .target = "/v1/evaluate",
                                .accept = {},
                                .content_type = type,
                                .body = {},
                                .received = test::test_now()};
  if (limits == nullptr) return std::move((*api::open_stream(*world, head))->stream);
  batch::BatchOptions options;
  options.from = options.to = batch::Format::ndjson;
  options.limits = *limits;
  options.now = test::test_now();
  return batch::make_batch_stream(*world, options, 0);
}

/// Bytes of the largest step in which a stream answers a body.
std::size_t largest_step(batch::BatchStream& stream, std::string_view body, std::string& out) {
  std::size_t most = 0;
  const auto step = [&](auto work) {
    const auto before = out.size();
    REQUIRE(work());
    most = std::max(most, out.size() - before);
  };
  step([&] { return stream.feed(body, out); });
  while (stream.has_more()) step([&] { return stream.proceed(out); });
  step([&] { return stream.finish(out); });
  while (stream.has_more()) step([&] { return stream.proceed(out); });
  return most;
}

}  // namespace

TEST_CASE("a step of a stream makes about a megabyte, whatever its rows become") {
  for (const auto& [type, body] : {std::pair("text/csv", wide(16'384) + times(2000, "1\n")),
                                   {"application/x-ndjson", times(100, "{\"lon\":37,\"lat\":50.6,\"x\":\"" +
                                                                           std::string(50'000, 'x') + "\"}\n")}}) {
    CAPTURE(type);
    const auto stream = stream_of(type);
    std::string out;
    CHECK(largest_step(*stream, body, out) < 2 * MB);
    CHECK(out.size() > 4 * MB);
  }
  const auto names = "lon,lat" + times(900, "," + std::string(1000, 'n')) + "\n";
  auto world = test::small_world();
  auto opened = api::open_stream(*world, {.method = "POST",
                                          .target = "/v1/evaluate",
                                          .accept = "application/x-ndjson",
                                          .content_type = "text/csv",
                                          .body = {},
                                          .received = test::test_now()});
  std::string out;
  CHECK(largest_step(*(*opened)->stream, names + times(20, "37,50.6" + std::string(900, ',') + "\n"), out) < 3 * MB);
  CHECK(out.size() > 17 * MB);
}

TEST_CASE("a header has as many columns as a spreadsheet, with names as long as questions, and no more") {
  CHECK(test::run_batch({}, wide(16'384) + "1\n").status == 200);
  const auto many = test::run_batch({}, wide(16'385) + "1\n");
  CHECK(many.status == 400);
  CHECK(many.out.contains("has more than 16384 columns; the last that could be read is `c`"));
  CHECK(test::run_batch({}, "lon,lat,q" + std::string(4095, 'n') + "\n37,50.6,\n").status == 200);
  const auto name = test::run_batch({}, "lon,lat,q" + std::string(4096, 'n') + "\n37,50.6,\n");
  CHECK(name.status == 400);
  CHECK(name.out.contains("the name of column 3, `qnn"));
  CHECK(name.out.contains("has 4097 bytes, and at most 4096 are read"));
  std::string row = "{\"lon\":37,\"lat\":50.6";
  for (int i = 0; i < 17'000; ++i) row += ",\"" + std::to_string(i) + "\":1";
  const auto members = test::run_batch({.from = batch::Format::json, .to = batch::Format::csv}, "[" + row + "}]");
  CHECK(members.status == 400);
  CHECK(members.out.contains("more than 16384 columns"));
}

TEST_CASE("a whole answer stops where there is no room for it") {
  const auto world = test::small_world();
  const std::string head = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n";
  const auto body = head + wide(16'384) + times(9000, "1\n") + "\r\n--b--\r\n";
  std::size_t held = 0;
  const auto response = api::answer(*world, {.method = "POST",
                                             .target = "/v1/evaluate",
                                             .accept = {},
                                             .content_type = "multipart/form-data; boundary=b",
                                             .body = body,
                                             .received = test::test_now(),
                                             .hold = [&](std::size_t bytes) {
                                               held = bytes;
                                               return bytes < 8 * MB;
                                             }});
  CHECK(response.status == 503);
  CHECK(std::ranges::count(response.headers, std::pair<std::string, std::string>("Retry-After", "1")) == 1);
  CHECK(held < 20 * MB);
}

TEST_CASE("an upload is answered to its end, though it takes longer than a stream's turn") {
  std::string csv = "lon,lat\n";
  for (int i = 0; i < 1000; ++i) csv += std::to_string(-100 + i * 0.01) + ",-40\n";
  const auto body =
      "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n" + csv + "\r\n--b--\r\n";
  config::ServerConfig server;
  server.limits.batch_rows = 10'000;
  const auto world = test::small_world(server);
  const auto whole = api::answer(*world, {.method = "POST",
                                          .target = "/v1/evaluate",
                                          .accept = {},
                                          .content_type = "multipart/form-data; boundary=b",
                                          .body = body,
                                          .received = test::test_now()});
  CHECK(whole.body == test::run_batch({}, csv).out);
}

TEST_CASE("a row that opens a reference system is left for another thread, and the others are not") {
  const auto stream = stream_of("application/x-ndjson");
  const std::string plain = "{\"lon\":37,\"lat\":50.6}\n";
  const std::string moved = "{\"x\":7329289.81,\"y\":5609979.5,\"crs\":\"EPSG:28407\"}\n";
  std::string out;
  REQUIRE(stream->feed(plain + "{\"a\":\"crs\"}\n", out));
  while (stream->has_more()) REQUIRE(stream->proceed(out));
  out.clear();
  REQUIRE(stream->feed(plain + moved + plain, out));
  CHECK(std::ranges::count(out, '\n') == 1);
  REQUIRE(stream->has_more());
  while (stream->has_more()) REQUIRE(stream->proceed(out));
  CHECK(std::ranges::count(out, '\n') == 3);
  REQUIRE(stream->feed(moved + plain, out));  // it is open
  CHECK(std::ranges::count(out, '\n') == 5);
  out.clear();
  const auto csv = stream_of("text/csv");
  REQUIRE(csv->feed("x,y,crs\n" + times(2000, "7329289.81,5609979.5,28407\n"), out));
  CHECK(out.empty());
  REQUIRE(csv->has_more());
  while (csv->has_more()) REQUIRE(csv->proceed(out));
  REQUIRE(csv->finish(out));
  CHECK(std::ranges::count(out, '\n') == 2001);
}

TEST_CASE("two hundred rows of a system without a datum shift take little longer than one") {
  const auto time_of = [](std::size_t rows) {
    const auto begin = std::chrono::steady_clock::now();
    const auto ran = test::run_batch({}, "x,y,crs\n" + times(rows, "500000,5000000,EPSG:2294\n"));
    CHECK(ran.totals.rows_in_error == rows);
    CHECK(ran.out.contains("no datum shift from EPSG:2294, ATS77"));
    return std::chrono::steady_clock::now() - begin;
  };
  const auto one = time_of(1);
  CHECK(time_of(200) < 2 * one + std::chrono::milliseconds(200));
}

TEST_CASE("the rest of a whole body is refused once its rows have had their time, and nothing is done for no one") {
  const auto rows = times(5000, "{\"position\":\"https://maps.example/@50.6,37\"}\n");
  batch::WorkLimits limits{.of_all = std::chrono::milliseconds(2),
                           .at_once = std::chrono::milliseconds(1),
                           .a_turn = std::chrono::milliseconds(1),
                           .rows_at_once = 64};
  const auto spent = stream_of({}, &limits);
  std::string out;
  REQUIRE(batch::feed_wholly(*spent, rows, out));
  REQUIRE(batch::finish_wholly(*spent, out));
  CHECK(spent->totals().rows == 5000);
  CHECK(spent->totals().rows_in_error > 1000);
  CHECK(spent->totals().rows_in_error < 5000);
  CHECK(out.contains("the rows before it in this body have taken the processor time"));
  limits.of_row = std::chrono::seconds(1);
  const auto enough = stream_of({}, &limits);
  REQUIRE(batch::feed_wholly(*enough, rows, out));
  REQUIRE(batch::finish_wholly(*enough, out));
  CHECK(enough->totals().rows_in_error == 0);
  const auto left = std::make_shared<std::atomic<bool>>(true);
  limits.abandoned = left;
  CHECK(!batch::feed_wholly(*stream_of({}, &limits), rows, out));
}

TEST_CASE("errors quote some dozens of bytes, and name some dozens of members") {
  const std::string name(100'000, 'x');
  const auto crs = test::post(R"({"crs":")" + name + R"(","items":[{"x":1,"y":1},{"x":1,"y":1}]})");
  CHECK(crs.body.size() < 2000);
  const auto zone = test::run_batch({.from = batch::Format::ndjson, .to = batch::Format::ndjson},
                                    R"({"lon":37,"lat":50.6,"at":"2024-06-15 00:00","at_zone":")" + name + "\"}\n");
  CHECK(zone.out.size() < name.size() + 1000);
  const auto again = test::run_batch({.from = batch::Format::ndjson, .to = batch::Format::csv},
                                     "{\"lat\":50.6" + times(2000, ",\"lon\":37") + "}\n");
  CHECK(again.out.size() < 15'000);
  const auto regions = test::get("/v1/evaluate?lon=37&lat=50.6&regions=" + times(1000, "a,"));
  CHECK(regions.body.size() < 30'000);
}
