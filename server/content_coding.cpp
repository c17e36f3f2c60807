#include "server/content_coding.hpp"

#include <algorithm>

#include "server/request_head.hpp"

namespace kordon::server {
namespace {

/// The next member of a list, trimmed, and taken off its front.
std::string_view take(std::string_view& list, char separator) {
  const auto end = std::min(list.find(separator), list.size());
  const auto member = trimmed(list.substr(0, end));
  list.remove_prefix(std::min(end + 1, list.size()));
  return member;
}

/// `q=0`, `Q=0.000`
bool excludes(std::string_view weight) {
  return weight.size() >= 3 && same_name(weight.substr(0, 2), "q=") && weight.find_first_not_of("0.", 2) == weight.npos;
}

}  // namespace

bool accepts_gzip(std::string_view accept_encoding) {
  bool any = false;
  while (!accept_encoding.empty()) {
    auto weight = take(accept_encoding, ',');
    const auto coding = take(weight, ';');
    if (same_name(coding, "gzip") || same_name(coding, "x-gzip")) return !excludes(trimmed(weight));
    if (coding == "*") any = !excludes(trimmed(weight));
  }
  return any;
}

}  // namespace kordon::server
