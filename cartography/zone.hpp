#pragma once

#include <optional>
#include <span>

#include "cartography/simplify.hpp"
#include "policy/area.hpp"

namespace kordon::cartography {

/// What a zone may take to draw: some tenths of a second.
inline constexpr std::size_t max_zone_vertices = 120'000;

/// The area as polygons of these shapes, which were simplified by `offset_deg`. See Maps::zone.
std::optional<Polygons> zone_of(const policy::Area& area, std::span<const double> values, const Shapes& shapes,
                                double offset_deg);

/// The distance of a `within` clause.
double radius_m_of(const policy::Radius& radius, std::span<const double> values);

}  // namespace kordon::cartography
