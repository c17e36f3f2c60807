#include "server/request_id.hpp"

#include <algorithm>

namespace kordon::server {
namespace {

constexpr std::string_view digits = "0123456789abcdef";
constexpr std::size_t parent_at = 36;

bool is_plain(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || c == '.';
}

bool is_hex(std::string_view text) { return text.find_first_not_of(digits) == text.npos; }

bool is_zero(std::string_view text) { return text.find_first_not_of('0') == text.npos; }

/// Version ff is invalid; of later versions than 00 the first 55 characters mean the same.
bool is_traceparent(std::string_view field) {
  if (field.size() < 55 || (field.size() > 55 && (field.starts_with("00") || field[55] != '-'))) return false;
  const auto trace = field.substr(3, 32);
  const auto parent = field.substr(parent_at, 16);
  return field[2] == '-' && field[35] == '-' && field[52] == '-' && is_hex(field.substr(0, 2)) &&
         !field.starts_with("ff") && is_hex(trace) && !is_zero(trace) && is_hex(parent) && !is_zero(parent) &&
         is_hex(field.substr(53, 2));
}

template <std::size_t capacity>
FixedText<capacity> copy(std::string_view text) {
  FixedText<capacity> result;
  result.size = std::min(text.size(), capacity);
  std::ranges::copy(text.substr(0, result.size), result.characters.begin());
  return result;
}

}  // namespace

FixedText<16> IdSource::make() {
  FixedText<16> id;
  id.size = 16;
  auto number = random_() | 1U;
  for (char& digit : id.characters) {
    digit = digits[number & 15U];
    number >>= 4U;
  }
  return id;
}

RequestId choose_request_id(std::string_view given, IdSource& ids) {
  const bool good = !given.empty() && given.size() <= 128 && std::ranges::all_of(given, is_plain);
  return copy<128>(good ? given : ids.make().view());
}

TraceParent follow_trace(std::string_view field, IdSource& ids) {
  if (!is_traceparent(field)) return {};
  auto parent = copy<55>(field);
  parent.characters[0] = parent.characters[1] = '0';
  std::ranges::copy(ids.make().view(), parent.characters.begin() + parent_at);
  return parent;
}

std::string_view trace_id(const TraceParent& parent) {
  return parent.view().substr(0, 35).substr(parent.size > 0 ? 3 : 0);
}

}  // namespace kordon::server
