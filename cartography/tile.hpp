#pragma once

#include <array>
#include <cstdint>

#include "cartography/box.hpp"

namespace kordon::cartography {

/// A tile of the matrix set WebMercatorQuad (OGC 17-083r4): 2^zoom columns from the antimeridian eastward, as many rows
/// from 85.05 degrees north southward.
struct Tile {
  int zoom = 0;
  std::uint32_t row = 0;     ///< below 2^zoom
  std::uint32_t column = 0;  ///< below 2^zoom
};

inline constexpr int most_zoom = 22;
/// Units along a side of a tile, as vector tiles have them, and of what is kept around it so that outlines lie out of
/// sight.
inline constexpr int tile_extent = 4096;
inline constexpr int tile_buffer = 64;

/// In units of a tile: x to the right, y down.
using TilePoint = std::array<std::int32_t, 2>;
using TileLine = std::vector<TilePoint>;

/// A tile with its buffer.
Box box_of(const Tile& tile);

/// A quarter of a pixel of 256 to the side: what may be left out of a line unseen.
double max_offset_deg(const Tile& tile);

/// Vertices in the tile's units, without repeated ones. Of a closed ring fewer than four: it is smaller than a unit.
TileLine quantized(const geo::Line& line, const Tile& tile);

/// Twice the area by the surveyor's formula with y down: positive where it runs clockwise on the screen.
std::int64_t doubled_area(const TileLine& ring);

/// The pieces of a line that lie in the box, cut at its sides.
std::vector<geo::Line> clipped(const geo::Line& line, const Box& box);

}  // namespace kordon::cartography
