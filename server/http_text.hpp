#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "api/http.hpp"

namespace kordon::server {

/// How an answer goes on the wire.
struct Framing {
  bool http_1_1 = true;
  bool keep_alive = true;  ///< as the request and the server's state have it
  bool head = false;       ///< to a HEAD: all header fields, no body
  std::string_view date;   ///< see `http_date`
};

/// Appends header and body, so that a turn of pipelined answers leaves in one write.
void append_response(std::string& out, const api::Response& response, const Framing& framing);

/// IMF-fixdate (RFC 9110, 5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`.
std::string http_date(std::chrono::system_clock::time_point at);

}  // namespace kordon::server
