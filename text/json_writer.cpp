#include "text/json_writer.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>

#include "text/number_text.hpp"
#include "text/utf8.hpp"

namespace kordon::text {
namespace {

void append_escaped(std::string& out, unsigned char c) {
  constexpr std::string_view hex = "0123456789abcdef";
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      break;
  }
  out += "\\u00";
  out += hex[c >> 4];
  out += hex[c & 15];
}

bool is_plain(char c) { return c >= 0x20 && c < 0x7f && c != '"' && c != '\\'; }

/// Eight characters at once: whether none of them is a control character, DEL, beyond ASCII, a quote or a backslash.
bool are_plain(std::uint64_t eight) {
  constexpr std::uint64_t each = 0x0101010101010101U;
  constexpr std::uint64_t high = 0x80 * each;
  const auto has_zero = [](std::uint64_t x) { return (x - each) & ~x; };
  const std::uint64_t found = eight | (eight - 0x20 * each) | has_zero(eight ^ ('"' * each)) |
                              has_zero(eight ^ ('\\' * each)) | has_zero(eight ^ (0x7f * each));
  return (found & high) == 0;
}

/// How many characters at the start of the text need no care.
std::size_t plain_prefix(std::string_view text) {
  std::size_t length = 0;
  for (std::uint64_t eight = 0; length + sizeof eight <= text.size(); length += sizeof eight) {
    std::memcpy(&eight, text.data() + length, sizeof eight);
    if (!are_plain(eight)) break;
  }
  while (length < text.size() && is_plain(text[length])) ++length;
  return length;
}

/// What stands at the start of the text and is not plain: how many bytes of it were dealt with.
std::size_t append_special(std::string& out, std::string_view text) {
  const auto c = static_cast<unsigned char>(text.front());
  if (c < 0x80) {
    append_escaped(out, c);
    return 1;
  }
  const std::size_t length = utf8_sequence_length(text);
  out += length > 0 ? text.substr(0, length) : "\xEF\xBF\xBD";
  return std::max<std::size_t>(length, 1);
}

}  // namespace

JsonWriter& JsonWriter::open(char bracket) {
  comma();
  out_ += bracket;
  comma_due_ = false;
  return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
  out_ += bracket;
  comma_due_ = true;
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  text(name);
  out_ += ':';
  comma_due_ = false;
  return *this;
}

JsonWriter& JsonWriter::text(std::string_view value) {
  comma();
  out_ += '"';
  while (!value.empty()) {
    const auto plain = plain_prefix(value);
    out_ += value.substr(0, plain);
    value.remove_prefix(plain);
    if (!value.empty()) value.remove_prefix(append_special(out_, value));
  }
  out_ += '"';
  return *this;
}

JsonWriter& JsonWriter::boolean(bool value) {
  comma();
  out_ += value ? "true" : "false";
  return *this;
}

JsonWriter& JsonWriter::null() {
  comma();
  out_ += "null";
  return *this;
}

JsonWriter& JsonWriter::integer(std::int64_t value) {
  comma();
  std::array<char, 24> digits;
  auto* const end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  out_.append(digits.data(), end);
  return *this;
}

JsonWriter& JsonWriter::number(double value) {
  if (!std::isfinite(value)) return null();
  comma();
  append_shortest(out_, value);
  return *this;
}

JsonWriter& JsonWriter::fixed(double value, int decimals) {
  if (!std::isfinite(value)) return null();
  comma();
  append_fixed(out_, value, decimals);
  return *this;
}

}  // namespace kordon::text
