#include "server/request_parser.hpp"

#include <algorithm>
#include <array>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/rfc7230.hpp>
#include <limits>
#include <optional>
#include <string>

namespace kordon::server {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;

/// The sizes of a chunk and all trailers, each with its line.
constexpr std::size_t max_line_bytes = 4096;

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
    "traceparent",
    "Transfer-Encoding",
    "X-Request-Id",
};

std::string_view view(beast::string_view text) { return {text.data(), text.size()}; }

std::optional<Field> known(std::string_view name) {
  const auto* const found = std::ranges::find_if(names, [&](auto known) { return same_name(name, known); });
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

/// uri-host [ ":" port ], loosely: what could end a host or begin another thing is not in it.
bool is_host(std::string_view text) {
  return std::ranges::all_of(
      text, [](char c) { return c > ' ' && c <= '~' && !std::string_view("\"/<>?@\\^`{|},#").contains(c); });
}

bool is_field_value(std::string_view text) {
  return std::ranges::all_of(text, [](unsigned char c) { return (c >= ' ' && c != 0x7f) || c == '\t'; });
}

bool is_number(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// Of a field that is framing: what Beast takes and another server might take otherwise.
HttpFault framing_fault(Field field, std::string_view value) {
  if (field == Field::content_length && !is_number(value)) return "Content-Length is not a number";
  if (field == Field::transfer_encoding && !same_name(value, "chunked")) {
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
  const auto count = put_some(text);
  if (!count) return std::unexpected(count.error());
  if (!is_header_done()) return std::unexpected(HttpFault("the header has no end"));
  return {};
}

std::expected<RequestParser::Step, HttpFault> RequestParser::put_body(std::string_view bytes) {
  if (is_done() || bytes.empty()) return Step{};
  piece_ = {};
  const auto count = put_some(bytes);
  if (!count) return std::unexpected(count.error());
  if (*count == 0 && bytes.size() >= max_line_bytes) {
    return std::unexpected(HttpFault("a line of the chunked body is too long"));
  }
  return Step{*count, piece_};
}

std::expected<std::size_t, HttpFault> RequestParser::put_some(std::string_view bytes) {
  Error error;
  const auto count = put({bytes.data(), bytes.size()}, error);
  if (!error || error == http::error::need_more) return count;
  return std::unexpected(fault_.empty() ? error.message() : fault_);
}

void RequestParser::refuse(HttpFault fault, Error& error) {
  fault_ = std::move(fault);
  error = http::error::bad_field;
}

void RequestParser::on_request_impl(http::verb, Text method, Text target, int version, Error& error) {
  head_.method = view(method);
  head_.target = view(target);
  head_.http_1_1 = version == 11;
  if (!is_target(head_.target)) refuse("the target holds what is not ASCII", error);
}

/// Called for trailers, too; nothing reads them.
void RequestParser::on_field_impl(http::field, Text name, Text text, Error& error) {
  const auto value = text.empty() ? std::string_view("") : view(text);
  if (!is_field_value(value)) return refuse("a header field holds a control character", error);
  const auto field = is_header_done() ? std::nullopt : known(view(name));
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
  const auto host = head_[Field::host];
  if (head_.http_1_1 && host.data() == nullptr) return refuse("expected one Host field", error);
  if (!is_host(host)) return refuse("Host is not a host", error);
  if (chunked() && !head_.http_1_1) return refuse("HTTP/1.0 has no Transfer-Encoding", error);
  head_.content_length = content_length().value_or(0);
  if (chunked()) head_.body = BodyKind::chunked;
  if (head_.content_length > 0) head_.body = BodyKind::length;
  const auto connection = head_[Field::connection];
  http::token_list options({connection.data(), connection.size()});
  head_.keep_alive = !options.exists("close") && (head_.http_1_1 || options.exists("keep-alive"));
  head_.expects_continue =
      head_.http_1_1 && head_.body != BodyKind::none && same_name(head_[Field::expect], "100-continue");
}

std::size_t RequestParser::on_body_impl(Text piece, Error&) {
  piece_ = view(piece);
  return piece.size();
}

std::size_t RequestParser::on_chunk_body_impl(std::uint64_t, Text piece, Error&) {
  piece_ = view(piece);
  return piece.size();
}

}  // namespace kordon::server
