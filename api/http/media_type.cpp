#include "api/http/media_type.hpp"

#include <algorithm>
#include <charconv>

#include "text/ascii.hpp"

namespace kordon::api::http {
namespace {

/// Cuts the text before the separator off the front and returns it trimmed.
std::string_view take(std::string_view& text, char separator) {
  const auto end = std::min(text.find(separator), text.size());
  const auto part = text::trimmed(text.substr(0, end));
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

/// How closely a media range names a type: 0 not at all, 1 `*/*`, 2 `application/*`, 3 the type itself.
int closeness(std::string_view range, std::string_view type) {
  if (text::equal_in_any_case(range, type)) return 3;
  if (range == "*/*") return 1;
  const auto slash = type.find('/');
  return range.size() == slash + 2 && range.ends_with("/*") &&
                 text::equal_in_any_case(range.substr(0, slash), type.substr(0, slash))
             ? 2
             : 0;
}

/// The weight of a media range, 1 where it says none or one that cannot be read.
double weight_of(std::string_view parameters) {
  while (!parameters.empty()) {
    const auto parameter = take(parameters, ';');
    if (parameter.size() < 3 || text::lower(parameter[0]) != 'q' || parameter[1] != '=') continue;
    double weight = 1;
    std::from_chars(parameter.data() + 2, parameter.data() + parameter.size(), weight, std::chars_format::fixed);
    return std::clamp(weight, 0.0, 1.0);
  }
  return 1;
}

/// What the most specific range that names the type gives it; 0 where none does.
double weight_for(std::string_view accept, std::string_view offered) {
  if (text::trimmed(accept).empty()) return 1;
  int closest = 0;
  double weight = 0;
  while (!accept.empty()) {
    auto parameters = take(accept, ',');
    const int close = closeness(take(parameters, ';'), offered);
    if (close <= closest) continue;
    closest = close;
    weight = weight_of(parameters);
  }
  return weight;
}

}  // namespace

bool is_media_type(std::string_view content_type, std::string_view wanted) {
  if (!text::equal_in_any_case(take(content_type, ';'), wanted)) return false;
  while (!content_type.empty()) {
    const auto parameter = take(content_type, ';');
    if (parameter.empty() || text::equal_in_any_case(parameter, "charset=utf-8") ||
        text::equal_in_any_case(parameter, "charset=\"utf-8\""))
      continue;
    if (text::equal_in_any_case(parameter, "header=present"))
      continue;  // of text/csv (RFC 4180): what is read in any case
    return false;
  }
  return true;
}

std::optional<std::string_view> best_of(std::string_view accept, std::span<const std::string_view> offered) {
  std::optional<std::string_view> best;
  double best_weight = 0;
  for (const auto type : offered) {
    const double weight = weight_for(accept, type);
    if (weight <= best_weight) continue;
    best_weight = weight;
    best = type;
  }
  return best;
}

}  // namespace kordon::api::http
