#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/atlas/atlas.hpp"

namespace kordon::geo {

/// Cube of a grid in space, so that neither the poles nor the antimeridian are special.
using Cell = std::uint64_t;

/// Cubes of one size around the Earth's centre.
class CellSize {
 public:
  explicit CellSize(double size_m);

  [[nodiscard]] Cell cell_of(LonLat position) const;
  /// Steps in which an edge is sampled so that each point of it lies within half a cell of a sample; at least 1.
  [[nodiscard]] std::size_t steps(LonLat from, LonLat to) const;
  /// The 27 cells around and including one.
  [[nodiscard]] static std::vector<Cell> around(Cell cell);

 private:
  double per_size_;  ///< Earth radii in one cell, inverted
  double size_deg_;
};

/// Edges of lines by the cells that they pass through. It refers to the lines: they must outlive it, unchanged.
class EdgeGrid {
 public:
  struct Edge {
    std::uint32_t line;
    std::uint32_t index;  ///< from vertex `index` to the next
  };

  EdgeGrid(std::span<const Line* const> lines, double cell_m);

  /// Every edge within `cell_m` / 2 of the position, and some farther ones; each once.
  void near(LonLat position, std::vector<Edge>& found) const;

 private:
  struct Entry {
    Cell cell;
    Edge edge;
  };
  CellSize size_;
  std::vector<Entry> entries_;  ///< by cell, line, index
};

}  // namespace kordon::geo
