#include "batch/geometries/coordinates.hpp"

#include <fmt/format.h>

#include "text/ascii.hpp"
#include "text/number_text.hpp"

namespace kordon::batch {
namespace {

/// A list, each element read by `read`.
template <typename T, typename Read>
Coordinates<std::vector<T>> read_list(std::string_view text, Read&& read) {
  const auto elements = elements_of(text);
  if (!elements) return std::unexpected(CoordinatesError{"", elements.error()});
  std::vector<T> list;
  list.reserve(elements->size());
  for (const auto element : *elements) {
    auto one = read(element);
    if (!one)
      return std::unexpected(
          CoordinatesError{fmt::format("[{}]{}", list.size(), one.error().where), one.error().message});
    list.push_back(std::move(*one));
  }
  return list;
}

}  // namespace

std::expected<std::vector<std::string_view>, std::string> elements_of(std::string_view text) {
  text = text::trimmed(text);
  if (text.size() < 2 || text.front() != '[' || text.back() != ']') return std::unexpected("expected an array");
  std::vector<std::string_view> elements;
  std::size_t begin = 1;
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '\\') ++i;
      quoted = c != '"';
      continue;
    }
    if (c == '"') quoted = true;
    if (c == '[' || c == '{') ++depth;
    if (c == ']' || c == '}') --depth;
    const bool ends = (c == ',' && depth == 1) || (c == ']' && depth == 0);
    if (!ends) continue;
    const auto element = text::trimmed(text.substr(begin, i - begin));
    if (!element.empty()) elements.push_back(element);
    begin = i + 1;
  }
  return elements;
}

Coordinates<geo::LonLat> read_position(std::string_view text) {
  text = text::trimmed(text);
  const CoordinatesError no_numbers{"", "expected two finite numbers: longitude, latitude"};
  if (text.size() < 2 || text.front() != '[' || text.back() != ']') return std::unexpected(no_numbers);
  text = text.substr(1, text.size() - 2);
  const auto comma = text.find(',');
  if (comma == text.npos) return std::unexpected(no_numbers);
  const auto rest = text.substr(comma + 1);
  const auto lon_deg = text::read_number(text.substr(0, comma));
  const auto lat_deg = text::read_number(rest.substr(0, rest.find(',')));
  if (!lon_deg || !lat_deg) return std::unexpected(no_numbers);
  const geo::LonLat place{*lon_deg, *lat_deg};
  if (!geo::Position::is_valid(place, 0)) {
    return std::unexpected(CoordinatesError{
        "", fmt::format("expected a longitude in [-180, 180] and a latitude in [-90, 90], got {}, {}{}", *lon_deg,
                        *lat_deg, geo::Position::is_valid({*lat_deg, *lon_deg}, 0) ? "; are they exchanged?" : "")});
  }
  return place;
}

Coordinates<Line> read_line(std::string_view text) { return read_list<geo::LonLat>(text, read_position); }

Coordinates<std::vector<Line>> read_lines(std::string_view text) { return read_list<Line>(text, read_line); }

Coordinates<std::vector<std::vector<Line>>> read_polygons(std::string_view text) {
  return read_list<std::vector<Line>>(text, read_lines);
}

}  // namespace kordon::batch
