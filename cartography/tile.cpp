#include "cartography/tile.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <utility>

namespace kordon::cartography {
namespace {

constexpr double pi = std::numbers::pi;
/// Where the square of Web Mercator ends.
constexpr double most_lat_deg = 85.051128779806604;
constexpr double pixels = 256;
constexpr double hidden_pixels = 0.25;

/// The world is 1 wide and 1 high, from its north-west corner.
double x_of(double lon_deg) { return lon_deg / 360 + 0.5; }

double y_of(double lat_deg) {
  const double lat = std::clamp(lat_deg, -most_lat_deg, most_lat_deg) * pi / 180;
  return 0.5 - std::asinh(std::tan(lat)) / (2 * pi);
}

double lon_deg_of(double x) { return (x - 0.5) * 360; }
double lat_deg_of(double y) { return std::atan(std::sinh((0.5 - y) * 2 * pi)) * 180 / pi; }

/// Which part of an edge lies in the box, from 0 to 1 along it, by Liang and Barsky; nothing where none does.
std::optional<std::pair<double, double>> inner_part(geo::LonLat a, geo::LonLat b, const Box& box) {
  const double across = b.lon_deg - a.lon_deg;
  const double up = b.lat_deg - a.lat_deg;
  double from = 0;
  double to = 1;
  const std::array<std::pair<double, double>, 4> sides{{{-across, a.lon_deg - box.west_deg},
                                                        {across, box.east_deg - a.lon_deg},
                                                        {-up, a.lat_deg - box.south_deg},
                                                        {up, box.north_deg - a.lat_deg}}};
  for (const auto& [towards, inward] : sides) {
    if (towards == 0 && inward < 0) return std::nullopt;
    if (towards == 0) continue;
    const double at = inward / towards;
    towards < 0 ? from = std::max(from, at) : to = std::min(to, at);
  }
  return from <= to ? std::optional(std::pair(from, to)) : std::nullopt;
}

geo::LonLat along(geo::LonLat a, geo::LonLat b, double part) {
  return {std::lerp(a.lon_deg, b.lon_deg, part), std::lerp(a.lat_deg, b.lat_deg, part)};
}

}  // namespace

Box box_of(const Tile& tile) {
  const double side = std::ldexp(1.0, -tile.zoom);
  const double buffer = side * tile_buffer / tile_extent;
  const double west = tile.column * side - buffer;
  const double north = tile.row * side - buffer;
  const double east = (tile.column + 1) * side + buffer;
  const double south = (tile.row + 1) * side + buffer;
  return {std::max(lon_deg_of(west), -180.0), std::max(lat_deg_of(south), -90.0), std::min(lon_deg_of(east), 180.0),
          std::min(lat_deg_of(north), 90.0)};
}

double max_offset_deg(const Tile& tile) {
  const auto box = box_of(tile);
  const double farthest_lat_deg = std::min(most_lat_deg, std::max(std::fabs(box.south_deg), std::fabs(box.north_deg)));
  // A degree of latitude is longer than one of longitude there, by so much.
  return hidden_pixels / pixels * std::ldexp(360.0, -tile.zoom) * std::cos(farthest_lat_deg * pi / 180);
}

TileLine quantized(const geo::Line& line, const Tile& tile) {
  const double scale = std::ldexp(static_cast<double>(tile_extent), tile.zoom);
  const double left = static_cast<double>(tile.column) * tile_extent;
  const double top = static_cast<double>(tile.row) * tile_extent;
  TileLine points;
  for (const auto& [lon_deg, lat_deg] : line) {
    const TilePoint point{static_cast<std::int32_t>(std::lround(x_of(lon_deg) * scale - left)),
                          static_cast<std::int32_t>(std::lround(y_of(lat_deg) * scale - top))};
    if (points.empty() || points.back() != point) points.push_back(point);
  }
  return points;
}

std::int64_t doubled_area(const TileLine& ring) {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
    sum += std::int64_t{ring[i][0]} * ring[i + 1][1] - std::int64_t{ring[i + 1][0]} * ring[i][1];
  }
  return sum;
}

std::vector<geo::Line> clipped(const geo::Line& line, const Box& box) {
  std::vector<geo::Line> pieces;
  bool open = false;
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    const auto part = inner_part(line[i], line[i + 1], box);
    if (!part) {
      open = false;
      continue;
    }
    const auto [from, to] = *part;
    if (!open || from > 0) pieces.push_back({along(line[i], line[i + 1], from)});
    pieces.back().push_back(along(line[i], line[i + 1], to));
    open = to == 1;
  }
  return pieces;
}

}  // namespace kordon::cartography
