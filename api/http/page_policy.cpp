#include "api/http/page_policy.hpp"

#include <fmt/format.h>

#include "config/sha256.hpp"

namespace kordon::api::http {
namespace {

/// ` 'sha256-...'` for each element of this name.
std::string hashes_of(std::string_view html, std::string_view element) {
  const auto open = fmt::format("<{}>", element);
  const auto close = fmt::format("</{}>", element);
  std::string list;
  for (auto at = html.find(open); at != html.npos; at = html.find(open, at)) {
    at += open.size();
    config::Sha256 hash;
    hash.add(html.substr(at, html.find(close, at) - at));
    list += fmt::format(" 'sha256-{}'", hash.base64());
  }
  return list.empty() ? " 'none'" : list;
}

}  // namespace

std::string page_policy(std::string_view html) {
  return fmt::format(
      "default-src 'none'; script-src{}; style-src{}; connect-src 'self'; base-uri 'none'; form-action 'none'; "
      "frame-ancestors 'none'",
      hashes_of(html, "script"), hashes_of(html, "style"));
}

}  // namespace kordon::api::http
