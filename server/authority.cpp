#include "server/authority.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <string>

#include "server/request_head.hpp"
#include "text/ascii.hpp"

namespace kordon::server {
namespace {

bool is_hex(char c) { return std::string_view("0123456789abcdefABCDEF").contains(c); }

bool is_unreserved_or_sub_delim(char c) {
  const bool alphanumeric = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  return alphanumeric || std::string_view("-._~!$&'()*+;=").contains(c);
}

bool is_registered_name(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_unreserved_or_sub_delim(text[i])) continue;
    if (text[i] != '%' || i + 2 >= text.size() || !is_hex(text[i + 1]) || !is_hex(text[i + 2])) return false;
    i += 2;
  }
  return !text.empty();
}

/// Without its brackets.
bool is_ip_literal(std::string_view text) {
  std::array<unsigned char, sizeof(in6_addr)> parsed;
  return inet_pton(AF_INET6, std::string(text).c_str(), parsed.data()) == 1;
}

bool is_port(std::string_view digits) {
  if (digits.empty()) return true;
  std::uint16_t port = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  return fault == std::errc() && end == digits.data() + digits.size();
}

/// Behind `http://` or `https://`; nothing for any other start.
std::string_view behind_scheme(std::string_view text) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (text::equal_in_any_case(text.substr(0, scheme.size()), scheme)) return text.substr(scheme.size());
  }
  return {};
}

}  // namespace

bool is_authority(std::string_view text) {
  const bool literal = text.starts_with('[');
  const auto host_end = literal ? text.find(']') : std::min(text.find(':'), text.size());
  if (host_end == text.npos) return false;
  const auto host = literal ? text.substr(1, host_end - 1) : text.substr(0, host_end);
  const auto rest = text.substr(host_end + (literal ? 1 : 0));
  if (!rest.empty() && (rest[0] != ':' || !is_port(rest.substr(1)))) return false;
  return literal ? is_ip_literal(host) : is_registered_name(host);
}

RequestTarget read_target(std::string_view method, std::string_view text) {
  if (text.starts_with('/')) return {true, {}, text};
  if (method == "OPTIONS" && text == "*") return {true, {}, text};
  if (method == "CONNECT") return {is_authority(text), {}, text};
  const auto rest = behind_scheme(text);
  const auto end = std::min(rest.find_first_of("/?"), rest.size());
  const auto authority = rest.substr(0, end);
  return {is_authority(authority), authority, rest.substr(end)};
}

}  // namespace kordon::server
