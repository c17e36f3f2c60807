#include "server/content_coding.hpp"

#include <algorithm>

#include "server/request_head.hpp"
#include "text/ascii.hpp"

namespace kordon::server {
namespace {

/// The next member of a list, trimmed, and taken off its front.
std::string_view take(std::string_view& list, char separator) {
  const auto end = std::min(list.find(separator), list.size());
  const auto member = text::trimmed(list.substr(0, end), " \t");
  list.remove_prefix(std::min(end + 1, list.size()));
  return member;
}

/// `q=0`, `Q=0.000`
bool excludes(std::string_view weight) {
  return weight.size() >= 3 && text::equal_in_any_case(weight.substr(0, 2), "q=") &&
         weight.find_first_not_of("0.", 2) == weight.npos;
}

}  // namespace

bool accepts_gzip(std::string_view accept_encoding) {
  bool any = false;
  while (!accept_encoding.empty()) {
    auto weight = take(accept_encoding, ',');
    const auto coding = take(weight, ';');
    if (is_gzip(coding)) return !excludes(text::trimmed(weight, " \t"));
    if (coding == "*") any = !excludes(text::trimmed(weight, " \t"));
  }
  return any;
}

bool is_gzip(std::string_view content_encoding) {
  return text::equal_in_any_case(content_encoding, "gzip") || text::equal_in_any_case(content_encoding, "x-gzip");
}

}  // namespace kordon::server
