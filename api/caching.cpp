#include "api/caching.hpp"

#include <fmt/compile.h>
#include <fmt/format.h>

#include <algorithm>

#include "api/links.hpp"

namespace kordon::api {
namespace {

/// FNV-1a, 64 bits. The parts are kept apart by a byte that none of them holds.
std::uint64_t hash_of(std::initializer_list<std::string_view> parts) {
  std::uint64_t hash = 0xCBF29CE484222325;
  const auto add = [&](unsigned char byte) { hash = (hash ^ byte) * 0x100000001B3; };
  for (const auto part : parts) {
    for (const char c : part) add(static_cast<unsigned char>(c));
    add(0xFF);
  }
  return hash;
}

bool depends_on_moment(Caching caching, const Call& call) {
  if (caching == Caching::none) return true;
  return caching == Caching::timed && std::ranges::find(call.query, "at", &Member::key) == call.query.end();
}

std::string_view without_weakness(std::string_view tag) { return tag.starts_with("W/") ? tag.substr(2) : tag; }

}  // namespace

std::string entity_tag(Caching caching, const Call& call) {
  if (depends_on_moment(caching, call)) return {};
  const auto& version = caching == Caching::files ? call.world.web.version : call.world.data_version;
  const auto hash = hash_of({KORDON_VERSION, version, base_url(call), call.request.target, call.media_type});
  return fmt::format(FMT_COMPILE("{}\"{:016x}\""), caching == Caching::stamped ? "W/" : "", hash);
}

bool lists(std::string_view if_none_match, std::string_view tag) {
  if (tag.empty()) return false;
  if (if_none_match == "*") return true;
  const auto opaque = without_weakness(tag);
  const auto found = if_none_match.find(opaque);
  return found != if_none_match.npos;
}

void add_caching(Response& response, std::string_view tag) {
  response.headers.emplace_back("Cache-Control", tag.empty() ? "no-store" : "no-cache");
  if (!tag.empty()) response.headers.emplace_back("ETag", tag);
}

Response not_modified(std::string_view tag) {
  Response response{.status = 304};
  add_caching(response, tag);
  return response;
}

}  // namespace kordon::api
