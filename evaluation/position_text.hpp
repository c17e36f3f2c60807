#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "geo/earth/position.hpp"

namespace kordon::evaluation {

/// What a position text says, not yet checked for range.
struct PlaceText {
  geo::LonLat place;
  double accuracy_m = 0;  ///< half the diagonal of an MGRS square; 0 for the other notations
  std::string warning;    ///< empty, or what in the text can be read in two ways
};

/// Reads a position as people write it, at most 200 bytes:
///  - decimal degrees: `50.5956, 36.5873`, latitude first (ISO 6709) unless letters say otherwise: `36.5873E 50.5956N`;
///  - degrees, minutes, seconds: `50°35'44.2"N 36°35'14.3"E`, `50:35:44.2N 36:35:14.3E`, `50 35 44.2 N, 36 35 14.3 E`;
///  - MGRS, with or without spaces: `37U CR 12345 67890`, the centre of the square;
///  - UTM: zone with hemisphere or latitude band, easting and northing in metres: `37n 312345 5567890`, `37U 312345
///  5567890`.
///    `n` and `s` are hemispheres, as GeographicLib has it; a warning says so where the band S would fit as well.
///
/// The fault is one sentence: what was found and what was expected.
std::expected<PlaceText, std::string> read_position_text(std::string_view text);

}  // namespace kordon::evaluation
