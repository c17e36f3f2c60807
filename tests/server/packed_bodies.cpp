// Bodies that gzip has packed.
#include <doctest/doctest.h>
#include <zlib.h>

#include <stdexcept>
#include <string>
#include <string_view>

#include "server/gunzip.hpp"
#include "tests/server/running.hpp"
#include "tests/server/streams.hpp"

using namespace kordon;
using kordon::test::Running;
using kordon::test::Wire;

namespace {

/// As gzip -9 writes it.
std::string packed(std::string_view text) {
  z_stream z{};
  if (deflateInit2(&z, 9, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY) != Z_OK) throw std::runtime_error("deflateInit2");
  std::string out(deflateBound(&z, text.size()), '\0');
  std::string input(text);
  z.next_in = reinterpret_cast<Bytef*>(input.data());
  z.avail_in = static_cast<uInt>(input.size());
  z.next_out = reinterpret_cast<Bytef*>(out.data());
  z.avail_out = static_cast<uInt>(out.size());
  if (deflate(&z, Z_FINISH) != Z_STREAM_END) throw std::runtime_error("deflate");
  out.resize(out.size() - z.avail_out);
  deflateEnd(&z);
  return out;
}

std::string csv_of(int rows) {
  std::string csv = "id,lon,lat\n";
  for (int i = 0; i < rows; ++i) csv += std::to_string(i) + ",37," + std::to_string(49.5 + i * 0.0004) + "\n";
  return csv;
}

constexpr const char* gzip = "Content-Encoding: gzip\r\n";

/// All that the server sends; the connection is closed then.
std::string posted(const Running& server, std::string_view type, std::string_view fields, const std::string& body) {
  Wire wire(server.port());
  wire.send("POST /v1/evaluate?at=2024-06-15T00:00:00Z HTTP/1.1\r\nHost: t\r\nConnection: close\r\nContent-Type: " +
            std::string(type) + "\r\n" + std::string(fields) + "Content-Length: " + std::to_string(body.size()) +
            "\r\n\r\n" + body);
  return wire.receive_rest();
}

/// The rows of a streamed answer, out of their chunks.
std::string rows_of(const Running& server, std::string_view fields, const std::string& body) {
  Wire wire(server.port());
  wire.send("POST /v1/evaluate?at=2024-06-15T00:00:00Z HTTP/1.1\r\nHost: t\r\nContent-Type: text/csv\r\n" +
            std::string(fields) + "Transfer-Encoding: chunked\r\n\r\n" + kordon::test::chunk(body.substr(0, 7)) +
            kordon::test::chunk(body.substr(7)) + "0\r\n\r\n");
  CHECK(Wire::status_of(wire.receive_header()) == 200);
  return wire.receive_chunked();
}

}  // namespace

TEST_CASE("a packed stream is answered as the same rows are") {
  const Running server;
  const auto csv = csv_of(3000);
  const auto plain = rows_of(server, "", csv);
  CHECK(kordon::test::lines(plain) == 3001);
  CHECK(rows_of(server, gzip, packed(csv)) == plain);
  CHECK(rows_of(server, gzip, packed(csv.substr(0, 5000)) + packed(csv.substr(5000))) == plain);
}

TEST_CASE("a packed body that is received whole is answered as it is without") {
  const Running server;
  const std::string body = R"([{"id":1,"lon":37,"lat":50.6}])";
  const auto answer = posted(server, "application/json", gzip, packed(body));
  CHECK(Wire::status_of(answer) == 200);
  CHECK(Wire::body_of(answer) == Wire::body_of(posted(server, "application/json", "", body)));
  const std::string large(1200, ' ');  // the limit is 1,000 bytes, of what it becomes
  CHECK(Wire::status_of(posted(server, "application/json", gzip, packed(large + body))) == 413);
}

TEST_CASE("what is not packed as it says, is cut off, or packed by others, is refused") {
  const Running server;
  const auto whole = packed(csv_of(10));
  CHECK(Wire::status_of(posted(server, "text/csv", gzip, csv_of(10))) == 400);
  CHECK(Wire::status_of(posted(server, "application/json", gzip, packed("[]").substr(0, 12))) == 400);
  CHECK_FALSE(posted(server, "text/csv", gzip, whole.substr(0, whole.size() - 4)).contains("\r\n0\r\n"));
  CHECK(Wire::status_of(posted(server, "text/csv", "Content-Encoding: br\r\n", whole)) == 415);
}

TEST_CASE("what becomes too much of few bytes is refused before it is all there") {
  const auto bomb = packed(std::string(200U << 20U, '\n'));
  server::Gunzip gunzip;
  std::uint64_t bytes = 0;
  bool refused = false;
  for (std::size_t at = 0; at < bomb.size() && !refused; at += 2048) {
    const auto piece = gunzip.put(std::string_view(bomb).substr(at, 2048));
    refused = !piece;
    if (piece) bytes += piece->size();
  }
  CHECK(refused);
  CHECK(bytes < 4U << 20U);
  const Running server;
  CHECK_FALSE(
      posted(server, "text/csv", gzip, packed("lon,lat\n" + std::string(20U << 20U, '\n'))).contains("\r\n0\r\n"));
}
