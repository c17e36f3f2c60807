#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "geo/earth/position.hpp"

namespace kordon::evaluation {

/// Place that a position text states.
struct PlaceText {
  geo::LonLat place;      ///< in range, or certainly swapped: a latitude from 90 to 180 degrees
  double accuracy_m = 0;  ///< half the diagonal of a square or cell, or what the text states; else 0
  std::string read_as;    ///< the notation in words: `MGRS square of 1 km, centre`
};

/// Reads a position as people write it, at most 200 bytes, a web address at most 2,000; docs/notations.md lists
/// examples:
///  - decimal degrees, degrees and minutes, or degrees, minutes and seconds, with signs, letters or words of
///  hemispheres in
///    eight languages, packed as `503544N 0363514E`, with hyphens, colons or blanks between; latitude first (ISO 6709)
///    unless letters say otherwise; points or decimal commas;
///  - MGRS, UTM, plus codes, geohashes, H3 cells: a cell is its centre and an accuracy;
///  - `geo:` URIs, links of maps, WKT points, ODK's four numbers.
///
/// A text that has two readings at different places is refused, and both are named. The error is one sentence: what was
/// found and what was expected.
std::expected<PlaceText, std::string> read_position_text(std::string_view text);

}  // namespace kordon::evaluation
