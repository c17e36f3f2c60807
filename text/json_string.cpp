#include "text/json_string.hpp"

#include <charconv>
#include <cstdint>

namespace kordon::text {
namespace {

constexpr std::uint32_t replacement = 0xFFFD;

void append_utf8(std::string& out, std::uint32_t point) {
  const auto byte = [&](std::uint32_t value) { out += static_cast<char>(value); };
  if (point < 0x80) return byte(point);
  if (point < 0x800) {
    byte(0xC0 | point >> 6);
  } else if (point < 0x10000) {
    byte(0xE0 | point >> 12);
    byte(0x80 | (point >> 6 & 0x3F));
  } else {
    byte(0xF0 | point >> 18);
    byte(0x80 | (point >> 12 & 0x3F));
    byte(0x80 | (point >> 6 & 0x3F));
  }
  byte(0x80 | (point & 0x3F));
}

/// The four digits after `\u` at the start of a text; anything else is the replacement.
std::uint32_t read_unit(std::string_view text) {
  std::uint32_t unit = 0;
  if (text.size() < 6 || !text.starts_with("\\u")) return replacement;
  const auto [end, fault] = std::from_chars(text.data() + 2, text.data() + 6, unit, 16);
  return fault == std::errc() && end == text.data() + 6 ? unit : replacement;
}

/// Takes `\uXXXX`, or a pair of them, off the front.
std::uint32_t take_point(std::string_view& text) {
  const auto high = read_unit(text);
  text.remove_prefix(std::min<std::size_t>(6, text.size()));
  if (high < 0xD800 || high > 0xDFFF) return high;
  const auto low = read_unit(text);
  if (high > 0xDBFF || low < 0xDC00 || low > 0xDFFF) return replacement;
  text.remove_prefix(6);
  return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
}

char plain_escape(char c) {
  switch (c) {
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return c;
  }
}

}  // namespace

std::string unescaped(std::string_view inside) {
  std::string out;
  while (!inside.empty()) {
    const auto plain = std::min(inside.find('\\'), inside.size());
    out += inside.substr(0, plain);
    inside.remove_prefix(plain);
    if (inside.size() < 2) break;
    if (inside[1] == 'u') {
      append_utf8(out, take_point(inside));
    } else {
      out += plain_escape(inside[1]);
      inside.remove_prefix(2);
    }
  }
  return out;
}

}  // namespace kordon::text
