#include "geo/atlas/edge_grid.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <tuple>

#include "geo/atlas/local_plane.hpp"

namespace kordon::geo {
namespace {

constexpr double radius_m = 6371008.8;
constexpr unsigned bits = 21;
constexpr Cell one_axis = (Cell{1} << bits) - 1;

double to_radians(double deg) { return deg * std::numbers::pi / 180; }

}  // namespace

CellSize::CellSize(double size_m)
    : per_size_(radius_m / std::max(size_m, 10.0)), size_deg_(std::max(size_m, 10.0) / metres_per_degree) {}

Cell CellSize::cell_of(LonLat position) const {
  const double z = std::sin(to_radians(position.lat_deg));
  const double r = std::cos(to_radians(position.lat_deg));
  const double x = r * std::cos(to_radians(position.lon_deg));
  const double y = r * std::sin(to_radians(position.lon_deg));
  const auto axis = [this](double along) { return static_cast<Cell>((along + 1.01) * per_size_) & one_axis; };
  return axis(x) << (2 * bits) | axis(y) << bits | axis(z);
}

std::size_t CellSize::steps(LonLat from, LonLat to) const {
  const double span_deg = std::hypot(to.lon_deg - from.lon_deg, to.lat_deg - from.lat_deg);
  return 1 + static_cast<std::size_t>(span_deg / size_deg_);
}

std::vector<Cell> CellSize::around(Cell cell) {
  std::vector<Cell> cells;
  cells.reserve(27);
  for (Cell x = 0; x < 3; ++x) {
    for (Cell y = 0; y < 3; ++y) {
      for (Cell z = 0; z < 3; ++z) {
        cells.push_back(cell + ((x - 1) << (2 * bits)) + ((y - 1) << bits) + (z - 1));
      }
    }
  }
  return cells;
}

EdgeGrid::EdgeGrid(std::span<const Line* const> lines, double cell_m) : size_(cell_m) {
  for (std::uint32_t l = 0; l < lines.size(); ++l) {
    const auto& line = *lines[l];
    for (std::uint32_t i = 0; i + 1 < line.size(); ++i) {
      const auto a = line[i];
      const auto b = line[i + 1];
      const auto steps = size_.steps(a, b);
      for (std::size_t s = 0; s <= steps; ++s) {
        const double t = static_cast<double>(s) / static_cast<double>(steps);
        const auto cell =
            size_.cell_of({a.lon_deg + t * (b.lon_deg - a.lon_deg), a.lat_deg + t * (b.lat_deg - a.lat_deg)});
        if (s == 0 || entries_.back().cell != cell) entries_.push_back({cell, {l, i}});
      }
    }
  }
  std::ranges::sort(entries_, {}, [](const Entry& e) { return std::tuple(e.cell, e.edge.line, e.edge.index); });
}

void EdgeGrid::near(LonLat position, std::vector<Edge>& found) const {
  found.clear();
  const auto middle = size_.cell_of(position);
  for (Cell x = 0; x < 3; ++x) {
    for (Cell y = 0; y < 3; ++y) {
      const auto column = middle + ((x - 1) << (2 * bits)) + ((y - 1) << bits);  // its three cells follow each other
      auto entry = std::ranges::lower_bound(entries_, column - 1, {}, &Entry::cell);
      for (; entry != entries_.end() && entry->cell <= column + 1; ++entry) found.push_back(entry->edge);
    }
  }
  const auto number = [](const Edge& edge) { return std::pair(edge.line, edge.index); };
  std::ranges::sort(found, {}, number);
  const auto repeated = std::ranges::unique(found, {}, number);
  found.erase(repeated.begin(), repeated.end());
}

}  // namespace kordon::geo
