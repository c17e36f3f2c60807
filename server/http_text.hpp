#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "api/http/message.hpp"

namespace kordon::server {

/// Framing of an answer on the wire, and the header fields that all answers have.
struct Framing {
  bool http_1_1 = true;
  bool keep_alive = true;                ///< as the request and the server's state have it
  bool head = false;                     ///< to a HEAD: all header fields, no body
  std::string_view date = {};            ///< see `http_date`
  std::string_view request_id = {};      ///< empty: none
  std::string_view traceparent = {};     ///< empty: none
  std::string_view allowed_origin = {};  ///< of CORS; empty: none
  bool varies_by_origin = false;         ///< whatever the origin: a cache must not hand one's answer to another
  bool preflight = false;                ///< CORS asks before it sends the request itself
  bool strict_transport = false;         ///< the client is to come by TLS alone from now on
  bool gzip = false;                     ///< the body is compressed
  bool may_gzip = false;                 ///< it would be, for a client that accepts it
};

/// Appends header and body, so that a turn of pipelined answers leaves in one write. The body is the response's own or
/// what it was compressed to.
void append_response(std::string& out, const api::http::Response& response, std::string_view body,
                     const Framing& framing);

/// The header alone, of an answer with a body of so many bytes.
void append_response_head(std::string& out, const api::http::Response& response, std::size_t body_bytes,
                          const Framing& framing);
/// Whether the body follows: not to a HEAD, nor with some statuses.
bool has_body(const api::http::Response& response, const Framing& framing);

/// The header of an answer whose body follows in pieces; `response.body` is not used. With HTTP/1.0 the body ends
/// where the connection does.
void append_stream_head(std::string& out, const api::http::Response& response, const Framing& framing);

/// One chunk (RFC 9112, 7.1). An empty piece is no chunk.
void append_chunk(std::string& out, std::string_view piece);
inline constexpr std::string_view last_chunk = "0\r\n\r\n";

/// IMF-fixdate (RFC 9110, 5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`.
std::string http_date(std::chrono::system_clock::time_point at);

}  // namespace kordon::server
