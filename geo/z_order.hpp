#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/position.hpp"

namespace kordon::geo {

/// A row of a batch and its place on the Z-curve (Morton order) over longitude and latitude, 16 bits each. The first
/// bit halves longitudes, so that half of a cell is not much longer than it is wide.
struct ZRow {
  std::uint32_t key;
  std::uint32_t row;
};

/// A rectangle in degrees.
struct Cell {
  LonLat low, high;
};

/// The cell of all places whose keys agree with `key` but for the last `shift` bits, which are even.
Cell z_cell(std::uint32_t key, unsigned shift);

/// Rows 0 to the size of the columns less 1, by key; rows with the same key keep their order. `spare` is room.
void sort_along_z_curve(std::span<const double> lon_deg, std::span<const double> lat_deg, std::vector<ZRow>& rows,
                        std::vector<ZRow>& spare);

}  // namespace kordon::geo
