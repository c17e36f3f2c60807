#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "evaluation/angle_pair.hpp"

namespace kordon::evaluation {

// A cell is a place with an accuracy: its centre, and the distance from there to its farthest corner.

/// A full plus code (Open Location Code) such as `9G2JHHWP+6W`; a short one, which lacks the letters before, is an
/// error. Nothing: the text has not the shape of one.
std::optional<std::expected<Reading, std::string>> read_plus_code(std::string_view text);

/// A geohash of 5 to 12 digits and small letters, at least one of each; behind `geohash:` of 1 to 12 in any case.
std::optional<std::expected<Reading, std::string>> read_geohash(std::string_view text);

}  // namespace kordon::evaluation
