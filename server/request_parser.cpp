#include "server/request_parser.hpp"

#include <algorithm>
#include <array>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/rfc7230.hpp>
#include <limits>
#include <optional>
#include <string>

#include "server/authority.hpp"
#include "text/ascii.hpp"

namespace kordon::server {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;

/// The names, in the order of the enumeration.
constexpr std::array<std::string_view, static_cast<std::size_t>(Field::count)> names{
    "Accept",
    "Accept-Encoding",
    "Access-Control-Request-Method",
    "Authorization",
    "Connection",
    "Content-Encoding",
    "Content-Length",
    "Content-Type",
    "DNT",
    "Expect",
    "Host",
    "If-None-Match",
    "Origin",
    "Sec-GPC",
    "traceparent",
    "Transfer-Encoding",
    "User-Agent",
    "X-Request-Id",
};

std::string_view view(beast::string_view text) { return {text.data(), text.size()}; }

std::optional<Field> known(std::string_view name) {
  const auto* const found =
      std::ranges::find_if(names, [&](auto known) { return text::equal_in_any_case(name, known); });
  if (found == names.end()) return {};
  return static_cast<Field>(found - names.begin());
}

bool is_list(Field field) {
  return field == Field::accept || field == Field::accept_encoding || field == Field::connection ||
         field == Field::content_encoding || field == Field::if_none_match;
}

bool is_target(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~'; });
}

bool is_field_value(std::string_view text) {
  return std::ranges::all_of(text, [](unsigned char c) { return (c >= ' ' && c != 0x7f) || c == '\t'; });
}

bool is_number(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// Of a field that is framing: what Beast takes and another server might take otherwise.
std::string framing_fault(Field field, std::string_view value) {
  if (field == Field::content_length && !is_number(value)) return "Content-Length is not a number";
  if (field == Field::transfer_encoding && !text::equal_in_any_case(value, "chunked")) {
    return "expected no Transfer-Encoding but chunked";
  }
  return {};
}

}  // namespace

RequestParser::RequestParser() {
  header_limit(std::numeric_limits<std::uint32_t>::max());  // the connection keeps its own
  body_limit(std::numeric_limits<std::uint64_t>::max());    // of Boost 1.74, `none` refuses every counted body
}

std::expected<void, HttpFault> RequestParser::put_head(std::string_view text) {
  if (text.contains("\n ") || text.contains("\n\t")) return std::unexpected(HttpFault("a header field is folded"));
  const auto known = as_known_version(text);
  if (!known) return std::unexpected(known.error());
  Error error;
  put({known->data(), known->size()}, error);
  if (error && error != http::error::need_more) {
    return std::unexpected(HttpFault(fault_.empty() ? error.message() : fault_));
  }
  if (!is_header_done()) return std::unexpected(HttpFault("the header has no end"));
  return {};
}

/// RFC 9110, 2.5: a higher minor version is read as the highest that is known here.
std::expected<std::string_view, HttpFault> RequestParser::as_known_version(std::string_view text) {
  constexpr std::size_t version_bytes = 8;  // HTTP/1.1
  const auto line_end = text.find("\r\n");
  if (line_end == text.npos || line_end <= version_bytes) return text;
  const auto version = text.substr(line_end - version_bytes, version_bytes);
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (!version.starts_with("HTTP/") || !is_digit(version[5]) || version[6] != '.' || !is_digit(version[7])) return text;
  if (version[5] != '1') {
    return std::unexpected(HttpFault("expected HTTP/1.1 or HTTP/1.0", HttpFault::Kind::version));
  }
  if (version[7] <= '1') return text;
  auto& rewritten = head_.joined.emplace_front(text);
  rewritten[line_end - 1] = '1';
  return rewritten;
}

void RequestParser::refuse(std::string fault, Error& error) {
  fault_ = std::move(fault);
  error = http::error::bad_field;
}

void RequestParser::on_request_impl(http::verb, Text method, Text target, int version, Error& error) {
  head_.method = view(method);
  head_.http_1_1 = version == 11;
  if (!is_target(view(target))) return refuse("the target holds what is not ASCII", error);
  const auto parts = read_target(head_.method, view(target));
  if (!parts.good) return refuse("the target is neither a path nor a URL", error);
  authority_ = parts.authority;
  head_.target = parts.path;
  if (authority_.empty() || head_.target.starts_with('/')) return;
  head_.target = head_.joined.emplace_front('/' + std::string(parts.path));
}

void RequestParser::on_field_impl(http::field, Text name, Text text, Error& error) {
  const auto value = text.empty() ? std::string_view("") : view(text);
  if (!is_field_value(value)) return refuse("a header field holds a control character", error);
  const auto field = known(view(name));
  if (!field) return;
  auto& kept = head_.fields[static_cast<std::size_t>(*field)];
  const bool is_first = kept.data() == nullptr;
  if (!is_first && !is_list(*field)) {
    return refuse("expected at most one " + std::string(names[static_cast<std::size_t>(*field)]) + " field", error);
  }
  if (auto fault = framing_fault(*field, value); !fault.empty()) return refuse(std::move(fault), error);
  kept = is_first || kept.empty() ? value : head_.joined.emplace_front(std::string(kept) + ", " + std::string(value));
}

void RequestParser::on_header_impl(Error& error) {
  read_authority(error);
  if (error) return;
  if (chunked() && !head_.http_1_1) return refuse("HTTP/1.0 has no Transfer-Encoding", error);
  head_.content_length = content_length().value_or(0);
  if (chunked()) head_.body = BodyKind::chunked;
  if (head_.content_length > 0) head_.body = BodyKind::length;
  const auto connection = head_[Field::connection];
  http::token_list options({connection.data(), connection.size()});
  head_.keep_alive = !options.exists("close") && (head_.http_1_1 || options.exists("keep-alive"));
  head_.expects_continue =
      head_.http_1_1 && head_.body != BodyKind::none && text::equal_in_any_case(head_[Field::expect], "100-continue");
}

/// RFC 9112, 3.2.2: the authority of a target that has one stands for Host, which must be good none the less.
void RequestParser::read_authority(Error& error) {
  auto& host = head_.fields[static_cast<std::size_t>(Field::host)];
  if (head_.http_1_1 && host.data() == nullptr) return refuse("expected one Host field", error);
  if (!host.empty() && !is_authority(host)) return refuse("Host is not a host with a port of at most 65535", error);
  if (!authority_.empty()) host = authority_;
}

}  // namespace kordon::server
