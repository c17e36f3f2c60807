#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "batch/json_scanner.hpp"

namespace kordon::batch {

/// A GeoJSON Feature's members that a batch can use. Pointers are into the members it was read from.
struct PointFeature {
  bool is_feature = false;                 ///< its `type` says so
  const JsonMember* id = nullptr;          ///< null: none, or null
  const JsonMember* properties = nullptr;  ///< null: none, or no object
  const JsonMember* geometry = nullptr;    ///< null: none, null, or in another system than WGS 84
  double lon_deg = 0;
  double lat_deg = 0;
  std::string_view lon_text;
  std::string_view lat_text;
  std::optional<evaluation::FieldError> error;  ///< no Feature, no geometry, or not a Point
};

/// Fills the coordinates from a geometry, null or not: a Point, or a MultiPoint of one. Else the error.
std::optional<evaluation::FieldError> read_point(const JsonMember* geometry, JsonScanner& scanner,
                                                 PointFeature& feature);

PointFeature read_point_feature(const std::vector<JsonMember>& members, std::string_view stated_crs,
                                JsonScanner& scanner);

}  // namespace kordon::batch
