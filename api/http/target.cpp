#include "api/http/target.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "text/utf8.hpp"

namespace kordon::api::http {
namespace {

constexpr std::size_t usual_members = 4;

std::optional<std::string> decoded(std::string_view text, bool plus_is_blank) {
  const auto plain = std::ranges::find_if(text, [](char c) { return c == '%' || c == '+'; });
  std::string out;
  out.reserve(text.size());
  out.append(text.begin(), plain);
  for (std::size_t i = out.size(); i < text.size(); ++i) {
    if (text[i] != '%') {
      out += plus_is_blank && text[i] == '+' ? ' ' : text[i];
      continue;
    }
    unsigned char byte = 0;
    const auto digits = text.substr(i + 1, 2);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), byte, 16);
    if (error != std::errc() || end != digits.data() + 2) return std::nullopt;
    out += static_cast<char>(byte);
    i += 2;
  }
  if (!text::is_utf8(out)) return std::nullopt;
  return out;
}

std::string_view without_authority(std::string_view target) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!target.starts_with(scheme)) continue;
    const auto path = target.find_first_of("/?", scheme.size());
    return path == target.npos ? "/" : target.substr(path);
  }
  return target;
}

void read_pair(std::string_view pair, evaluation::Members& query, evaluation::FieldErrors& errors) {
  const auto equals = std::min(pair.find('='), pair.size());
  auto key = decoded(pair.substr(0, equals), true);
  auto value = decoded(pair.substr(std::min(equals + 1, pair.size())), true);
  if (!key || !value) {
    const std::string where = key ? *key : "query";
    errors.push_back(
        {where, evaluation::Code::bad_encoding, "expected percent-encoded UTF-8, two hexadecimal digits after each %"});
    return;
  }
  if (std::ranges::find(query, *key, &evaluation::Member::key) != query.end()) {
    errors.push_back({*key, evaluation::Code::duplicate, "given more than once, expected at most one value"});
    return;
  }
  query.push_back({std::move(*key), evaluation::Untyped{std::move(*value)}});
}

}  // namespace

std::expected<Target, evaluation::FieldErrors> parse_target(std::string_view text) {
  text = without_authority(text);
  evaluation::FieldErrors errors;
  const auto mark = std::min(text.find('?'), text.size());
  auto path = decoded(text.substr(0, mark), false);
  if (!path) errors.push_back({"path", evaluation::Code::bad_encoding, "expected percent-encoded UTF-8"});
  Target target;
  auto rest = text.substr(std::min(mark + 1, text.size()));
  target.query.reserve(usual_members);
  while (!rest.empty()) {
    const auto end = std::min(rest.find('&'), rest.size());
    if (end > 0) read_pair(rest.substr(0, end), target.query, errors);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  if (!errors.empty()) return std::unexpected(std::move(errors));
  target.path = std::move(*path);
  return target;
}

bool states(std::string_view target, std::string_view key) {
  const auto query = target.substr(std::min(target.find('?'), target.size()));
  if (!query.contains('%') && !query.contains(key)) return false;
  const auto decoded = parse_target(target);
  return decoded && std::ranges::find(decoded->query, key, &evaluation::Member::key) != decoded->query.end();
}

}  // namespace kordon::api::http
