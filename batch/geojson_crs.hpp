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

/// Error of a body or a feature in another system than WGS 84.
evaluation::FieldError crs_error(std::string_view name);

/// The other system that an object states among its outermost members; it is whole, or cut off behind an array's
/// bracket.
std::optional<std::string> other_crs_beside_features(std::string_view object, std::string_view stated);

}  // namespace kordon::batch
