#include "server/http_text.hpp"

#include <array>
#include <boost/beast/http/status.hpp>
#include <charconv>
#include <ctime>

namespace kordon::server {
namespace {

void append_number(std::string& out, std::size_t number) {
  std::array<char, 24> digits;
  out.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr);
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
  out += name;
  out += ": ";
  out += value;
  out += "\r\n";
}

std::string_view reason(int status) {
  const auto text = boost::beast::http::obsolete_reason(static_cast<boost::beast::http::status>(status));
  return {text.data(), text.size()};
}

}  // namespace

void append_response(std::string& out, const api::Response& response, const Framing& framing) {
  out.reserve(out.size() + response.body.size() + 256);
  out += "HTTP/1.1 ";
  append_number(out, static_cast<std::size_t>(response.status));
  out += ' ';
  out += reason(response.status);
  out += "\r\n";
  append_field(out, "Date", framing.date);
  append_field(out, "Content-Type", response.content_type);
  out += "Content-Length: ";
  append_number(out, response.body.size());
  out += "\r\n";
  for (const auto& [name, value] : response.headers) append_field(out, name, value);
  if (!framing.keep_alive) append_field(out, "Connection", "close");
  if (framing.keep_alive && !framing.http_1_1) append_field(out, "Connection", "keep-alive");
  out += "\r\n";
  if (!framing.head) out += response.body;
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
