#include "server/http_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <ctime>

namespace kordon::server {
namespace {

struct Reason {
  int status;
  std::string_view text;
};

constexpr std::array reasons{
    Reason{200, "OK"},
    Reason{204, "No Content"},
    Reason{206, "Partial Content"},
    Reason{301, "Moved Permanently"},
    Reason{302, "Found"},
    Reason{303, "See Other"},
    Reason{304, "Not Modified"},
    Reason{307, "Temporary Redirect"},
    Reason{308, "Permanent Redirect"},
    Reason{400, "Bad Request"},
    Reason{401, "Unauthorized"},
    Reason{403, "Forbidden"},
    Reason{404, "Not Found"},
    Reason{405, "Method Not Allowed"},
    Reason{406, "Not Acceptable"},
    Reason{408, "Request Timeout"},
    Reason{413, "Content Too Large"},
    Reason{414, "URI Too Long"},
    Reason{415, "Unsupported Media Type"},
    Reason{421, "Misdirected Request"},
    Reason{422, "Unprocessable Content"},
    Reason{429, "Too Many Requests"},
    Reason{431, "Request Header Fields Too Large"},
    Reason{500, "Internal Server Error"},
    Reason{501, "Not Implemented"},
    Reason{503, "Service Unavailable"},
    Reason{505, "HTTP Version Not Supported"},
};

std::string_view reason(int status) {
  const auto* const found = std::ranges::find(reasons, status, &Reason::status);
  return found == reasons.end() ? std::string_view() : found->text;
}

void append_number(std::string& out, std::size_t number, int base = 10) {
  std::array<char, 24> digits;
  out.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number, base).ptr);
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
  out += name;
  out += ": ";
  out += value;
  out += "\r\n";
}

void append_field_if(std::string& out, std::string_view name, std::string_view value) {
  if (!value.empty()) append_field(out, name, value);
}

/// RFC 9110, 6.4.1: no content, and so no statement of its length or type either.
bool may_have_body(int status) { return status != 204 && status != 304; }

/// Compressed, a body is no longer the bytes that a strong ETag names.
void append_own_fields(std::string& out, const api::http::Response& response, const Framing& framing) {
  for (const auto& [name, value] : response.headers) {
    const bool weaken = framing.gzip && name == "ETag" && value.starts_with('"');
    weaken ? append_field(out, name, "W/" + value) : append_field(out, name, value);
  }
}

void append_cors(std::string& out, const Framing& framing) {
  append_field(out, "Access-Control-Allow-Origin", framing.allowed_origin);
  if (framing.preflight) {
    append_field(out, "Access-Control-Allow-Methods", "GET, HEAD, POST, OPTIONS");
    append_field(out, "Access-Control-Allow-Headers",
                 "Accept, Authorization, Cache-Control, Content-Type, DNT, If-None-Match, traceparent, tracestate, "
                 "X-Request-Id, X-Requested-With");
    append_field(out, "Access-Control-Max-Age", "86400");
  } else {
    append_field(
        out, "Access-Control-Expose-Headers",
        "ETag, Kordon-Columns, Kordon-Data-Version, Kordon-Notice, Link, Retry-After, traceparent, X-Request-Id");
  }
}

/// Status line and all fields but those of the body's length, without the blank line.
void append_head(std::string& out, const api::http::Response& response, const Framing& framing) {
  out += "HTTP/1.1 ";
  append_number(out, static_cast<std::size_t>(response.status));
  out += ' ';
  out += reason(response.status);
  out += "\r\n";
  append_field(out, "Date", framing.date);
  if (may_have_body(response.status)) append_field(out, "Content-Type", response.content_type);
  append_field(out, "X-Content-Type-Options", "nosniff");
  if (framing.strict_transport) append_field(out, "Strict-Transport-Security", "max-age=31536000");
  append_own_fields(out, response, framing);
  append_field_if(out, "X-Request-Id", framing.request_id);
  append_field_if(out, "traceparent", framing.traceparent);
  if (framing.gzip) append_field(out, "Content-Encoding", "gzip");
  if (framing.may_gzip) append_field(out, "Vary", "Accept-Encoding");
  if (framing.varies_by_origin) append_field(out, "Vary", "Origin");
  if (!framing.allowed_origin.empty()) append_cors(out, framing);
  if (!framing.keep_alive) append_field(out, "Connection", "close");
  if (framing.keep_alive && !framing.http_1_1) append_field(out, "Connection", "keep-alive");
}

}  // namespace

void append_response(std::string& out, const api::http::Response& response, std::string_view body,
                     const Framing& framing) {
  out.reserve(out.size() + body.size() + 512);
  append_response_head(out, response, body.size(), framing);
  if (has_body(response, framing)) out += body;
}

void append_response_head(std::string& out, const api::http::Response& response, std::size_t body_bytes,
                          const Framing& framing) {
  append_head(out, response, framing);
  if (may_have_body(response.status)) {
    out += "Content-Length: ";
    append_number(out, body_bytes);
    out += "\r\n";
  }
  out += "\r\n";
}

bool has_body(const api::http::Response& response, const Framing& framing) {
  return !framing.head && may_have_body(response.status);
}

void append_stream_head(std::string& out, const api::http::Response& response, const Framing& framing) {
  append_head(out, response, framing);
  out += framing.http_1_1 ? "Transfer-Encoding: chunked\r\n\r\n" : "\r\n";
}

void append_chunk(std::string& out, std::string_view piece) {
  if (piece.empty()) return;
  append_number(out, piece.size(), 16);
  out += "\r\n";
  out += piece;
  out += "\r\n";
}

std::string http_date(std::chrono::system_clock::time_point at) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(at);
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  std::array<char, 40> text{};
  const auto length = std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &utc);
  return {text.data(), length};
}

}  // namespace kordon::server
