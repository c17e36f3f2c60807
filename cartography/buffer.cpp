#include "cartography/buffer.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

#include "cartography/star_buffer.hpp"
#include "geo/earth/ecef.hpp"

namespace kordon::cartography {
namespace {

constexpr double longest_edge_m = 3'000;  // up to here an edge straight in degrees is off a geodesic by 1 m at most
constexpr double metres_per_degree = 6'371'000 * std::numbers::pi / 180;

/// So near that circles around them leave out at most a metre, or a part of the tolerance, of what lies between.
double step_m(double radius_m, double tolerance_m) {
  return std::min(longest_edge_m, std::sqrt(8 * radius_m * std::min(tolerance_m / 4, 1.0)));
}

double parts_of(geo::LonLat a, geo::LonLat b, double step_m) {
  return std::max(1.0, std::ceil(geo::length(geo::to_ecef(a) - geo::to_ecef(b)) / step_m));
}

/// Places along all lines, sorted into cells of a grid: which line a place is on makes no difference.
class Grid {
 public:
  explicit Grid(double cell_m) : cell_deg_(cell_m / metres_per_degree) {}

  void add(geo::LonLat place) { cells_[cell_of(place)].push_back(place); }

  [[nodiscard]] const auto& cells() const { return cells_; }

 private:
  using Cell = std::pair<int, int>;  ///< row from the south, column from the west

  /// Columns grow wider in degrees towards the poles, by rows.
  [[nodiscard]] Cell cell_of(geo::LonLat place) const {
    const int row = static_cast<int>(std::floor((place.lat_deg + 90) / cell_deg_));
    const double nearest_equator_deg = std::min(std::abs(row * cell_deg_ - 90), std::abs((row + 1) * cell_deg_ - 90));
    const double width_deg = cell_deg_ / std::max(std::cos(nearest_equator_deg * std::numbers::pi / 180), 1e-9);
    return {row, static_cast<int>(std::floor((place.lon_deg + 180) / std::min(width_deg, 90.0)))};
  }

  double cell_deg_;
  std::map<Cell, geo::Line> cells_;
};

}  // namespace

std::optional<std::vector<geo::Line>> rings_within(const std::vector<geo::Line>& lines, double radius_m,
                                                   double tolerance_m, std::size_t max_vertices) {
  std::vector<geo::Line> rings;
  if (radius_m < least_radius_m) return rings;
  tolerance_m = std::min(tolerance_m, radius_m / 4);
  const double step = step_m(radius_m, tolerance_m);
  const std::size_t max_cells = max_vertices / StarBuffer::least_samples(radius_m, tolerance_m);
  Grid grid(StarBuffer::max_spread_m(radius_m, tolerance_m) * std::numbers::sqrt2);
  for (const auto& line : lines) {
    grid.add(line.front());
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
      const auto a = line[i];
      const auto b = line[i + 1];
      const double parts = parts_of(a, b, step);
      for (double k = 1; k <= parts && grid.cells().size() <= max_cells; ++k) {
        grid.add({std::lerp(a.lon_deg, b.lon_deg, k / parts), std::lerp(a.lat_deg, b.lat_deg, k / parts)});
      }
    }
    if (grid.cells().size() > max_cells) return std::nullopt;
  }
  for (const auto& [cell, near_places] : grid.cells())
    rings.push_back(StarBuffer(near_places, radius_m).ring(tolerance_m));
  return rings;
}

}  // namespace kordon::cartography
