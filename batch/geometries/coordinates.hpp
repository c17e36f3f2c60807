#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "geo/earth/position.hpp"

namespace kordon::batch {

/// Error in a list of coordinates, and where: `[3]`, `[0][12]`.
struct CoordinatesError {
  std::string where;
  std::string message;
};

template <typename T>
using Coordinates = std::expected<T, CoordinatesError>;

using Line = std::vector<geo::LonLat>;

/// JSON text of GeoJSON coordinates: one position, a list of them, a list of lists, and so on. Each position has a
/// longitude in [-180, 180] and a latitude in [-90, 90]; numbers behind them, such as a height, are left out.
Coordinates<geo::LonLat> read_position(std::string_view text);
Coordinates<Line> read_line(std::string_view text);
Coordinates<std::vector<Line>> read_lines(std::string_view text);
Coordinates<std::vector<std::vector<Line>>> read_polygons(std::string_view text);

/// The elements of a JSON array, as they are written; nothing if it is none.
std::expected<std::vector<std::string_view>, std::string> elements_of(std::string_view text);

}  // namespace kordon::batch
