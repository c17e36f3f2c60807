#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "areas/read_area.hpp"
#include "batch/json_scanner.hpp"
#include "evaluation/error.hpp"
#include "tracks/track.hpp"

namespace kordon::batch {

/// A line or an area as a GeoJSON feature has it, checked.
struct Extent {
  std::variant<tracks::Track, areas::Rings> shape;
  tracks::Reading reading;
  double accuracy_m = 0;              ///< of an area
  std::vector<std::string> warnings;  ///< of texts that were read in one of two ways
};

/// Whether a geometry is a line or an area: LineString, MultiLineString, Polygon, MultiPolygon, or a Point with the
/// property `disc_radius_m`, whose disc is meant.
bool is_extent(const std::vector<JsonMember>& geometry, const std::vector<JsonMember>& properties);

/// Defaults for extents that do not state these themselves.
struct ExtentDefaults {
  double accuracy_m = 0;
  tracks::Reading reading;
  const tracks::Effort* effort = nullptr;  ///< see areas::read_area
};

/// Reads an extent. Properties that count: `coordTimes` or `times`, an RFC 3339 date-time for each position;
/// `accuracies_m`, a number for each, else `accuracy_m` holds for all; `edges`, `planar` or `geodesic`; `max_gap_s`,
/// `max_speed_m_s`, `disc_radius_m`. Errors say where in the coordinates they are.
std::expected<Extent, evaluation::FieldErrors> read_extent(const std::vector<JsonMember>& geometry,
                                                           const std::vector<JsonMember>& properties,
                                                           const ExtentDefaults& defaults);

/// Reads `planar` or `geodesic`.
std::optional<tracks::EdgeKind> read_edge_kind(std::string_view text);

}  // namespace kordon::batch
