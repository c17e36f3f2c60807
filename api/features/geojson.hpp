#pragma once

#include <memory>
#include <span>
#include <string>
#include <variant>

#include "cartography/box.hpp"

namespace kordon::api::features {

using Lines = std::vector<geo::Line>;

/// What a feature looks like; shared with the world's maps, never null.
using Geometry = std::variant<std::shared_ptr<const cartography::Polygons>, std::shared_ptr<const Lines>>;

bool touches(const Geometry& geometry, const cartography::Box& box);

/// Polygons without what lies outside of all boxes, lines as they are. Edges along a box may overlap.
Geometry clipped(const Geometry& geometry, std::span<const cartography::Box> boxes);

/// Decimals of a degree that leave an offset's meaning whole: 7 (about 1 cm) for 0, fewer for coarse shapes.
int coordinate_decimals(double max_offset_deg);

/// Appends an RFC 7946 geometry: Polygon, MultiPolygon, LineString or MultiLineString; `null` for nothing.
void append_geometry(std::string& out, const Geometry& geometry, int decimals);

}  // namespace kordon::api::features
