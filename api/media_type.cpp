#include "api/media_type.hpp"

#include <algorithm>
#include <cctype>

namespace kordon::api {
namespace {

char lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }

bool same(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t";
  const auto first = std::min(text.find_first_not_of(blanks), text.size());
  return text.substr(first, text.find_last_not_of(blanks) + 1 - first);
}

/// Cuts the text before the separator off the front and returns it trimmed.
std::string_view take(std::string_view& text, char separator) {
  const auto end = std::min(text.find(separator), text.size());
  const auto part = trimmed(text.substr(0, end));
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

/// How closely a media range names a type: 0 not at all, 1 `*/*`, 2 `application/*`, 3 the type itself.
int closeness(std::string_view range, std::string_view type) {
  if (same(range, type)) return 3;
  if (range == "*/*") return 1;
  const auto slash = type.find('/');
  return range.size() == slash + 2 && range.ends_with("/*") && same(range.substr(0, slash), type.substr(0, slash)) ? 2
                                                                                                                   : 0;
}

bool excludes(std::string_view parameters) {
  while (!parameters.empty()) {
    const auto parameter = take(parameters, ';');
    if (parameter.size() < 3 || lower(parameter[0]) != 'q' || parameter[1] != '=') continue;
    return parameter.find_first_not_of("0.", 2) == parameter.npos;
  }
  return false;
}

}  // namespace

bool is_media_type(std::string_view content_type, std::string_view wanted) {
  if (!same(take(content_type, ';'), wanted)) return false;
  while (!content_type.empty()) {
    const auto parameter = take(content_type, ';');
    if (parameter.empty() || same(parameter, "charset=utf-8") || same(parameter, "charset=\"utf-8\"")) continue;
    return false;
  }
  return true;
}

bool accepts(std::string_view accept, std::string_view offered) {
  if (trimmed(accept).empty()) return true;
  int closest = 0;
  bool accepted = false;
  while (!accept.empty()) {
    auto parameters = take(accept, ',');
    const int close = closeness(take(parameters, ';'), offered);
    if (close <= closest) continue;
    closest = close;
    accepted = !excludes(parameters);
  }
  return accepted;
}

}  // namespace kordon::api
