#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "batch/geometries/extent_answer.hpp"

namespace kordon::batch {

/// Appends a line's answer as GeoJSON features: a LineString for each interval and a Point for each crossing, of all
/// activities, each after a call of `next`. `of` is JSON that tells the row. A part that does not move is a Point; one
/// that crosses the antimeridian is a MultiLineString.
void append_line_features(std::string& out, const ExtentAnswer& answer, std::string_view of,
                          const std::function<void()>& next);

}  // namespace kordon::batch
