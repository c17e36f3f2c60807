#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "evaluation/error.hpp"

namespace kordon::batch {

/// The name in the `crs` member that GeoJSON of 2008 had (RFC 7946 has none), where it is another than WGS 84: `text`
/// is the JSON of that member. Nothing: WGS 84 or null.
std::optional<std::string> other_crs(std::string_view text);

/// What is wrong with a body or a feature of that system.
evaluation::FieldError crs_error(std::string_view name);

/// The same of an object, whole or cut off behind the bracket of an array: of its outermost members.
std::optional<std::string> other_crs_beside_features(std::string_view object);

}  // namespace kordon::batch
