#include "batch/geojson_crs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tuple>

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

/// The JSON value that begins at `at`, without blanks before it.
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
  return text.substr(begin, at - begin);
}

bool is_wgs84(std::string_view name) {
  constexpr auto names = std::to_array<std::string_view>(
      {"urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:OGC::CRS84", "urn:ogc:def:crs:OGC:1.3:CRS84h", "OGC:CRS84",
       "CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4326", "urn:ogc:def:crs:EPSG:6.9:4326", "EPSG:4979",
       "http://www.opengis.net/def/crs/OGC/1.3/CRS84", "http://www.opengis.net/def/crs/EPSG/0/4326", "WGS84",
       "WGS 84"});
  return std::ranges::find(names, name) != names.end();
}

}  // namespace

std::optional<std::string> other_crs(std::string_view text) {
  if (text == "null" || text.empty()) return std::nullopt;
  constexpr std::string_view key = "\"name\"";
  // The member `type` of a named system has the value `name`, too: the key is the one that a colon follows.
  for (auto at = text.find(key); at != text.npos; at = text.find(key, at + 1)) {
    const auto behind = text.find_first_not_of(" \t\r\n", at + key.size());
    if (behind == text.npos || text[behind] != ':') continue;
    auto name = value_at(text, behind);
    if (name.size() >= 2 && name.front() == '"') name = name.substr(1, name.size() - 2);
    return is_wgs84(name) ? std::nullopt : std::optional(std::string(name));
  }
  return std::string(text.substr(0, 100));
}

evaluation::FieldError crs_error(std::string_view name) {
  return {
      "crs", evaluation::Code::bad_geometry,
      fmt::format("the coordinates are in {}, and GeoJSON (RFC 7946) is read in WGS 84 alone; transform them, as with "
                  "ogr2ogr -t_srs OGC:CRS84",
                  name)};
}

std::optional<std::string> other_crs_beside_features(std::string_view object) {
  std::size_t depth = 0;
  for (std::size_t at = 0; at < object.size();) {
    const char c = object[at++];
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
    if (c != '"') continue;
    const auto string = take_string(object, at);
    const auto behind = object.find_first_not_of(" \t\r\n", at);
    const bool is_key = behind != object.npos && object[behind] == ':';
    if (depth == 1 && is_key && string == "crs") return other_crs(value_at(object, behind));
  }
  return std::nullopt;
}

}  // namespace kordon::batch
