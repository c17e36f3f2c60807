#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evaluation/angle_pair.hpp"

namespace kordon::evaluation {

using Readings = std::vector<Reading>;

/// A computed place to a tenth of a millimetre: further digits are those of a processor's own mathematics.
geo::LonLat rounded(geo::LonLat place);

/// Reads an MGRS square of 1 m to 100 km, blanks, hyphens and commas anywhere: its centre, with half its diagonal as
/// accuracy. Where blanks part the digits, one of them must stand in the middle. Nothing: the text has not the shape of
/// one. The error is one sentence.
std::optional<std::expected<Reading, std::string>> read_mgrs_text(std::string_view text);

/// Reads UTM, `37U 312345 5567890`, `UTM 37 north 312345 m E 5567890 m N`: zone with hemisphere or latitude band,
/// easting and northing in metres, 1 m or finer as written. `S` is the southern hemisphere and, where the northing lies
/// there, the band from 32 to 40 degrees north: then there are two readings. A band that contradicts the northing is an
/// error. Nothing: the text has not the shape of one.
std::optional<std::expected<Readings, std::string>> read_utm_text(std::string_view text);

}  // namespace kordon::evaluation
