#include "server/request_head.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace kordon::server {
namespace {

/// The names in lower case, in the order of the enumeration.
constexpr std::array<std::string_view, static_cast<std::size_t>(Field::count)> names{
    "accept",
    "accept-encoding",
    "access-control-request-method",
    "authorization",
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "dnt",
    "expect",
    "host",
    "if-none-match",
    "origin",
    "traceparent",
    "transfer-encoding",
    "x-request-id",
};

constexpr std::array<bool, 256> token_characters = [] {
  std::array<bool, 256> table{};
  for (const unsigned char c : std::string_view("!#$%&'*+-.^_`|~")) table[c] = true;
  for (unsigned char c = '0'; c <= '9'; ++c) table[c] = true;
  for (unsigned char c = 'a'; c <= 'z'; ++c) table[c] = table[c - 'a' + 'A'] = true;
  return table;
}();

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Names of equal length are compared only where their first letters agree.
std::optional<Field> known(std::string_view name) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i].size() == name.size() && names[i][0] == lower(name[0]) && same_name(name, names[i])) {
      return static_cast<Field>(i);
    }
  }
  return {};
}

/// Cuts a line off the front; the text ends with CRLF.
std::string_view take_line(std::string_view& text) {
  const auto end = text.find('\n');
  const auto line = text.substr(0, end - 1);
  text.remove_prefix(end + 1);
  return line;
}

bool is_target(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~'; });
}

/// uri-host [ ":" port ], loosely: what could end a host or begin another thing is not in it.
bool is_host(std::string_view text) {
  return std::ranges::all_of(
      text, [](char c) { return c > ' ' && c <= '~' && !std::string_view("\"/<>?@\\^`{|},#").contains(c); });
}

std::expected<void, HttpFault> read_request_line(std::string_view line, RequestHead& head) {
  const auto first = line.find(' ');
  const auto last = line.rfind(' ');
  if (first == line.npos || first == last) return std::unexpected("expected a method, a target and a version");
  head.method = line.substr(0, first);
  head.target = line.substr(first + 1, last - first - 1);
  const auto version = line.substr(last + 1);
  if (!is_token(head.method)) return std::unexpected("the method is not a token");
  if (!is_target(head.target)) return std::unexpected("the target holds a blank or what is not ASCII");
  if (version != "HTTP/1.1" && version != "HTTP/1.0") return std::unexpected("expected HTTP/1.1 or HTTP/1.0");
  head.http_1_1 = version == "HTTP/1.1";
  return {};
}

bool is_list(Field field) {
  return field == Field::accept || field == Field::accept_encoding || field == Field::connection ||
         field == Field::content_encoding || field == Field::if_none_match;
}

std::expected<void, HttpFault> read_field(std::string_view line, RequestHead& head, bool& host_seen) {
  const auto colon = line.find(':');
  if (colon == line.npos) return std::unexpected("a header field has no colon");
  const auto name = line.substr(0, colon);
  if (!is_token(name)) return std::unexpected("a header field's name is not a token, or the field is folded");
  const auto value = trimmed(line.substr(colon + 1));
  if (!is_field_value(value)) return std::unexpected("a header field holds a control character");
  const auto field = known(name);
  if (!field) return {};
  auto& kept = head.fields[static_cast<std::size_t>(*field)];
  if (*field == Field::host && std::exchange(host_seen, true)) return std::unexpected("expected one Host field");
  if (*field == Field::content_length && value.empty()) return std::unexpected("Content-Length is empty");
  if (*field == Field::transfer_encoding && value.empty()) return std::unexpected("Transfer-Encoding is empty");
  if (!kept.empty() && !is_list(*field)) return std::unexpected("a header field that stands alone is given twice");
  kept = kept.empty() ? value : head.joined.emplace_front(std::string(kept) + ", " + std::string(value));
  return {};
}

bool lists(std::string_view list, std::string_view token) {
  while (!list.empty()) {
    const auto end = std::min(list.find(','), list.size());
    if (same_name(trimmed(list.substr(0, end)), token)) return true;
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return false;
}

std::expected<void, HttpFault> read_framing(RequestHead& head) {
  const auto coding = head[Field::transfer_encoding];
  const auto length = head[Field::content_length];
  if (!coding.empty()) {
    if (!length.empty()) return std::unexpected("Content-Length and Transfer-Encoding exclude each other");
    if (!head.http_1_1) return std::unexpected("HTTP/1.0 has no Transfer-Encoding");
    if (!same_name(coding, "chunked")) return std::unexpected("expected no Transfer-Encoding but chunked");
    head.body = BodyKind::chunked;
  } else if (!length.empty()) {
    const auto* end = length.data() + length.size();
    const auto [stop, fault] = std::from_chars(length.data(), end, head.content_length);
    if (fault != std::errc() || stop != end) return std::unexpected("Content-Length is not a number");
    if (head.content_length > 0) head.body = BodyKind::length;
  }
  return {};
}

std::expected<void, HttpFault> read_meaning(RequestHead& head, bool host_seen) {
  if (head.http_1_1 && !host_seen) return std::unexpected("expected one Host field");
  if (!is_host(head[Field::host])) return std::unexpected("Host is not a host");
  if (auto framing = read_framing(head); !framing) return framing;
  const auto connection = head[Field::connection];
  head.keep_alive =
      head.http_1_1 ? !lists(connection, "close") : lists(connection, "keep-alive") && !lists(connection, "close");
  head.expects_continue =
      head.http_1_1 && head.body != BodyKind::none && same_name(head[Field::expect], "100-continue");
  return {};
}

}  // namespace

bool is_token(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](unsigned char c) { return token_characters[c]; });
}

bool is_field_value(std::string_view text) {
  return std::ranges::all_of(text, [](unsigned char c) { return (c >= ' ' && c != 0x7f) || c == '\t'; });
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

bool same_name(std::string_view text, std::string_view lower_case) {
  return std::ranges::equal(text, lower_case, [](char a, char b) { return lower(a) == b; });
}

std::expected<std::size_t, HttpFault> find_head_end(std::string_view text, std::size_t& scanned) {
  for (auto end = text.find('\n', scanned); end != text.npos; end = text.find('\n', scanned)) {
    if (end == 0 || text[end - 1] != '\r') return std::unexpected("a line does not end with CR and LF");
    const bool is_blank = end > 1 && text[end - 2] == '\n';
    scanned = end + 1;
    if (is_blank) return scanned;
  }
  scanned = text.size();
  return 0;
}

std::expected<RequestHead, HttpFault> parse_head(std::string_view text) {
  RequestHead head;
  if (auto line = read_request_line(take_line(text), head); !line) return std::unexpected(line.error());
  bool host_seen = false;
  while (text.size() > 2) {
    if (auto field = read_field(take_line(text), head, host_seen); !field) return std::unexpected(field.error());
  }
  if (auto meaning = read_meaning(head, host_seen); !meaning) return std::unexpected(meaning.error());
  return head;
}

}  // namespace kordon::server
