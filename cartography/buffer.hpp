#pragma once

#include <optional>
#include <vector>

#include "geo/atlas/atlas.hpp"

namespace kordon::cartography {

/// What is nearer than this is not drawn.
inline constexpr double least_radius_m = 1;

/// Rings, as StarBuffer gives them, whose union is everything within a geodesic distance of the lines, its edge off by
/// at most `tolerance_m` and 2 m. Nothing if that would take about more than `max_vertices`.
std::optional<std::vector<geo::Line>> rings_within(const std::vector<geo::Line>& lines, double radius_m,
                                                   double tolerance_m, std::size_t max_vertices);

}  // namespace kordon::cartography
