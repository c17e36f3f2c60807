#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "evaluation/error.hpp"

namespace kordon::batch {

/// The name in the `crs` member that GeoJSON of 2008 had (RFC 7946 has none), where it is another than the
/// one that is stated with the request (`EPSG:28407`), or than WGS 84 where none is: `text` is the JSON of that member.
/// Nothing: it agrees, or is null.
std::optional<std::string> other_crs(std::string_view text, std::string_view stated);

/// What is wrong with a body or a feature of that system.
evaluation::FieldError crs_error(std::string_view name);

/// The same of an object, whole or cut off behind the bracket of an array: of its outermost members.
std::optional<std::string> other_crs_beside_features(std::string_view object, std::string_view stated);

}  // namespace kordon::batch
