#include "api/http/caching.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "api/http/links.hpp"

namespace kordon::api::http {
namespace {

std::uint64_t mixed(std::uint64_t hash, std::uint64_t word) {
  hash = (hash ^ word) * 0x9E3779B97F4A7C15U;
  return hash ^ (hash >> 32U);
}

/// Each part's length goes in, too, so that no two lists of parts are one text.
std::uint64_t hash_of(std::initializer_list<std::string_view> parts, std::uint64_t hash = 0) {
  for (auto part : parts) {
    hash = mixed(hash, part.size());
    while (!part.empty()) {
      std::uint64_t word = 0;
      const auto size = std::min(sizeof word, part.size());
      std::memcpy(&word, part.data(), size);
      hash = mixed(hash, word);
      part.remove_prefix(size);
    }
  }
  return mixed(hash, 0);
}

bool has_no_tag_yet(Caching caching, const Call& call) {
  if (caching == Caching::none || caching == Caching::answer) return true;
  return caching == Caching::timed && std::ranges::find(call.query, "at", &evaluation::Member::key) == call.query.end();
}

std::string quoted(std::uint64_t hash, bool weak) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string tag = weak ? "W/\"0000000000000000\"" : "\"0000000000000000\"";
  for (auto place = tag.end() - 2; hash > 0; hash >>= 4U) *place-- = digits[hash & 15U];
  return tag;
}

std::string_view without_weakness(std::string_view tag) { return tag.starts_with("W/") ? tag.substr(2) : tag; }

}  // namespace

std::uint64_t tag_seed(std::string_view version) { return hash_of({KORDON_VERSION, version}); }

std::string entity_tag(Caching caching, const Call& call) {
  if (has_no_tag_yet(caching, call)) return {};
  const auto seed = tag_seed(caching == Caching::files ? call.world.web.version : call.world.data_version);
  const auto [scheme, host] = base_of(call);
  const auto hash = hash_of({scheme, host, call.request.target, call.media_type}, seed);
  return quoted(hash, caching == Caching::stamped);
}

std::string tag_of_answer(std::string_view body) { return quoted(tag_seed(body), false); }

bool lists(std::string_view if_none_match, std::string_view tag) {
  if (tag.empty()) return false;
  if (if_none_match == "*") return true;
  const auto opaque = without_weakness(tag);
  const auto found = if_none_match.find(opaque);
  return found != if_none_match.npos;
}

void add_caching(Response& response, std::string tag) {
  response.headers.reserve(response.headers.size() + 2);
  response.headers.emplace_back("Cache-Control", tag.empty() ? "no-store" : "no-cache");
  if (!tag.empty()) response.headers.emplace_back("ETag", std::move(tag));
}

Response not_modified(std::string tag) {
  Response response{.status = 304};
  add_caching(response, std::move(tag));
  return response;
}

}  // namespace kordon::api::http
