#include "batch/geojson_crs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tuple>

#include "geo/atlas/crs_name.hpp"
#include "text/ascii.hpp"
#include "text/utf8.hpp"

namespace kordon::batch {
namespace {

/// A string's inside, from behind its quote; moves past the closing one.
std::string_view take_string(std::string_view text, std::size_t& at) {
  const std::size_t begin = at;
  while (at < text.size() && text[at] != '"') at += text[at] == '\\' ? 2 : 1;
  const auto inside = text.substr(begin, std::min(at, text.size()) - begin);
  at = std::min(at + 1, text.size());
  return inside;
}

/// The JSON value that begins at `at`, without blanks around it.
std::string_view value_at(std::string_view text, std::size_t at) {
  at = std::min(text.find_first_not_of(" \t\r\n:", at), text.size());
  std::size_t depth = 0;
  const std::size_t begin = at;
  while (at < text.size()) {
    const char c = text[at++];
    if (c == '"') std::ignore = take_string(text, at);
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
    const bool ends = at >= text.size() || text[at] == ',' || text[at] == '}' || text[at] == ']';
    if (depth == 0 && (ends || c == '}' || c == ']')) break;
  }
  return text::trimmed(text.substr(begin, at - begin));
}

bool is_wgs84(std::string_view name) {
  constexpr auto names = std::to_array<std::string_view>({"OGC:CRS84", "OGC:CRS84H", "EPSG:4326", "EPSG:4979"});
  return std::ranges::find(names, name) != names.end();
}

bool agrees(std::string_view name, std::string_view stated) {
  const auto read = geo::read_crs_name(name);
  if (!read) return false;
  const auto text = read->text();
  return stated.empty() ? is_wgs84(text) : text == stated || (is_wgs84(text) && is_wgs84(stated));
}

}  // namespace

std::optional<std::string> other_crs(std::string_view text, std::string_view stated) {
  if (text == "null" || text.empty()) return std::nullopt;
  constexpr std::string_view key = "\"name\"";
  // The member `type` of a named system has the value `name`, too: the key is the one that a colon follows.
  for (auto at = text.find(key); at != text.npos; at = text.find(key, at + 1)) {
    const auto behind = text.find_first_not_of(" \t\r\n", at + key.size());
    if (behind == text.npos || text[behind] != ':') continue;
    auto name = value_at(text, behind);
    if (name.size() >= 2 && name.front() == '"') name = name.substr(1, name.size() - 2);
    return agrees(name, stated) ? std::nullopt : std::optional(std::string(name));
  }
  return std::string(text.substr(0, 100));
}

evaluation::FieldError crs_error(std::string_view name) {
  return {"crs", evaluation::Code::bad_geometry,
          fmt::format(
              "the coordinates are in {}, and GeoJSON (RFC 7946) is in WGS 84; state the system (crs), or transform "
              "them, as with ogr2ogr -t_srs OGC:CRS84",
              text::shortened(name, 100))};
}

std::optional<std::string> other_crs_beside_features(std::string_view object, std::string_view stated) {
  std::size_t depth = 0;
  for (std::size_t at = 0; at < object.size();) {
    const char c = object[at++];
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
    if (c != '"') continue;
    const auto string = take_string(object, at);
    const auto behind = object.find_first_not_of(" \t\r\n", at);
    const bool is_key = behind != object.npos && object[behind] == ':';
    if (depth == 1 && is_key && string == "crs") return other_crs(value_at(object, behind), stated);
  }
  return std::nullopt;
}

}  // namespace kordon::batch
