#include "cli/plain_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <ostream>

namespace kordon::cli {
namespace {

/// The sequence of UTF-8 at the front: its character and length; length 0 where there is none.
struct Character {
  std::uint32_t code = 0;
  std::size_t bytes = 0;
};

Character first_of(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  if (lead < 0x80) return {lead, 1};
  const std::size_t bytes = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || text.size() < bytes) return {};
  std::uint32_t code = lead & (0xffU >> (bytes + 1));
  for (const char c : text.substr(1, bytes - 1)) {
    if ((static_cast<unsigned char>(c) & 0xc0U) != 0x80) return {};
    code = code << 6U | (static_cast<unsigned char>(c) & 0x3fU);
  }
  return {code, bytes};
}

bool is_control(std::uint32_t code) {
  return (code < 0x20 && code != '\n' && code != '\t') || (code >= 0x7f && code < 0xa0);
}

bool turns_direction(std::uint32_t code) {
  return (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

}  // namespace

std::string plain_text(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const auto [code, bytes] = first_of(text);
    const bool ends_line = text.starts_with("\r\n");
    if (bytes == 0) {
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[0]));
    } else if (is_control(code) && !ends_line) {
      out += fmt::format("\\x{:02x}", code);
    } else if (turns_direction(code)) {
      out += fmt::format("\\u{:04x}", code);
    } else {
      out += text.substr(0, bytes);
    }
    text.remove_prefix(std::max<std::size_t>(bytes, 1));
  }
  return out;
}

PlainStream::PlainStream(std::ostream& stream) : stream_(stream), behind_(stream.rdbuf(this)) {}

PlainStream::~PlainStream() {
  hand_over();
  stream_.rdbuf(behind_);
}

PlainStream::int_type PlainStream::overflow(int_type character) {
  if (traits_type::eq_int_type(character, traits_type::eof())) return traits_type::not_eof(character);
  const char c = traits_type::to_char_type(character);
  if (c == '\r') {
    hand_over();
    behind_->sputc(c);
    return character;
  }
  waiting_ += c;
  if (c == '\n') hand_over();
  return character;
}

int PlainStream::sync() {
  hand_over();
  return behind_->pubsync();
}

void PlainStream::hand_over() {
  const auto text = plain_text(waiting_);
  behind_->sputn(text.data(), static_cast<std::streamsize>(text.size()));
  waiting_.clear();
}

}  // namespace kordon::cli
