#include "text/ascii.hpp"

#include <algorithm>

namespace kordon::text {

std::string lowered(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), lower);
  return out;
}

std::string uppered(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), upper);
  return out;
}

bool equal_in_any_case(std::string_view a, std::string_view b) { return std::ranges::equal(a, b, {}, lower, lower); }

std::string_view trimmed(std::string_view text, std::string_view bytes) {
  const auto first = std::min(text.find_first_not_of(bytes), text.size());
  return text.substr(first, text.find_last_not_of(bytes) + 1 - first);
}

}  // namespace kordon::text
