#include "geo/atlas/crs_name.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "text/ascii.hpp"

namespace kordon::geo {
namespace {

constexpr std::size_t max_code_bytes = 16;
constexpr std::size_t quoted_bytes = 60;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Of a URN or URL its authority and code: the version between them may be empty.
void shorten(std::string& name) {
  struct Form {
    std::string_view begin;
    char between;
  };
  constexpr auto forms = std::to_array<Form>({{"URN:OGC:DEF:CRS:", ':'},
                                              {"URN:X-OGC:DEF:CRS:", ':'},
                                              {"HTTP://WWW.OPENGIS.NET/DEF/CRS/", '/'},
                                              {"HTTPS://WWW.OPENGIS.NET/DEF/CRS/", '/'}});
  for (const auto& [begin, between] : forms) {
    if (!name.starts_with(begin)) continue;
    const auto rest = name.substr(begin.size());
    const auto first = std::min(rest.find(between), rest.size());
    const auto last = rest.rfind(between);
    if (last == rest.npos || last == first) return;
    name = rest.substr(0, first) + ':' + rest.substr(last + 1);
    return;
  }
}

}  // namespace

std::expected<CrsName, std::string> read_crs_name(std::string_view text) {
  auto name = text::uppered(text::trimmed(text, " "));
  shorten(name);
  if (name == "WGS84" || name == "WGS 84" || name == "CRS84") name = "OGC:CRS84";
  if (!name.empty() && std::ranges::all_of(name, is_digit)) name.insert(0, "EPSG:");
  const auto colon = std::min(name.find(':'), name.size());
  CrsName found{name.substr(0, colon), colon < name.size() ? name.substr(colon + 1) : ""};
  const bool known = found.authority == "EPSG" || found.authority == "ESRI" || found.authority == "OGC";
  const bool coded = !found.code.empty() && found.code.size() <= max_code_bytes &&
                     std::ranges::all_of(found.code, [](char c) { return is_digit(c) || (c >= 'A' && c <= 'Z'); });
  if (known && coded) return found;
  return std::unexpected(fmt::format("expected a reference system by its code, such as EPSG:28407, got `{}`",
                                     text.substr(0, quoted_bytes)));
}

}  // namespace kordon::geo
