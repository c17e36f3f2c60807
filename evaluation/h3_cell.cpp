#include "evaluation/h3_cell.hpp"

#include <fmt/format.h>
#include <h3api.h>

#include <GeographicLib/Geodesic.hpp>
#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <span>

#include "evaluation/grid_text.hpp"

namespace kordon::evaluation {
namespace {

using Failed = std::unexpected<std::string>;

constexpr unsigned resolution_bit = 52;
constexpr std::uint64_t cell_head = 0x08;  ///< the first byte: mode 1, nothing reserved

struct Index {
  std::uint64_t bits = 0;
  bool is_decimal = false;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Where the resolution stands, from 14 on, there is a letter, and below 14 the index ends in one: digits alone are
/// decimal. Cells have 18 of them, edges and vertices 19.
std::optional<Index> index_of(std::string_view text) {
  const auto size = text.size();
  Index index;
  index.is_decimal = std::ranges::all_of(text, is_digit);
  if (index.is_decimal ? size != 18 && size != 19 : size != 15 && size != 16) return std::nullopt;
  const char* const begin = text.data();
  const char* const end = begin + size;
  const auto [stop, fault] = std::from_chars(begin, end, index.bits, index.is_decimal ? 10 : 16);
  return fault == std::errc() && stop == end ? std::optional(index) : std::nullopt;
}

geo::LonLat degrees_of(const LatLng& place) { return {radsToDegs(place.lng), radsToDegs(place.lat)}; }

/// A side is an arc between two corners, and no place of it is farther away than both.
double farthest_corner_m(geo::LonLat centre, std::span<const LatLng> corners) {
  double farthest_m = 0;
  for (const auto& corner : corners) {
    const auto [lon_deg, lat_deg] = degrees_of(corner);
    double distance_m = 0;
    GeographicLib::Geodesic::WGS84().Inverse(centre.lat_deg, centre.lon_deg, lat_deg, lon_deg, distance_m);
    farthest_m = std::max(farthest_m, distance_m);
  }
  return farthest_m;
}

std::string no_such_cell(const Index& index) {
  return fmt::format("has the form of an H3 cell of resolution {}, and there is no such cell{}",
                     index.bits >> resolution_bit & 0xF,
                     index.is_decimal ? "; spreadsheets and JavaScript round such numbers" : "");
}

}  // namespace

std::optional<std::expected<Reading, std::string>> read_h3_cell(std::string_view text) {
  const auto index = index_of(text);
  if (!index) return std::nullopt;
  if (isValidDirectedEdge(index->bits) != 0) return Failed("is the index of an H3 edge, expected that of a cell");
  if (isValidVertex(index->bits) != 0) return Failed("is the index of an H3 vertex, expected that of a cell");
  if (index->bits >> 56 != cell_head) return std::nullopt;
  LatLng centre{};
  CellBoundary boundary{};
  if (isValidCell(index->bits) == 0 || cellToLatLng(index->bits, &centre) != E_SUCCESS ||
      cellToBoundary(index->bits, &boundary) != E_SUCCESS) {
    return Failed(no_such_cell(*index));
  }
  const auto place = rounded(degrees_of(centre));
  const auto corners = std::span(boundary.verts).first(static_cast<std::size_t>(boundary.numVerts));
  return Reading{place, std::ceil(farthest_corner_m(place, corners) * 1e4) / 1e4,
                 fmt::format("H3 cell of resolution {}, centre", getResolution(index->bits))};
}

}  // namespace kordon::evaluation
