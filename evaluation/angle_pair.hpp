#pragma once

#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "evaluation/position_tokens.hpp"
#include "geo/earth/position.hpp"

namespace kordon::evaluation {

/// One way to read a position text.
struct Reading {
  geo::LonLat place;      ///< in range, or certainly swapped: a latitude from 90 to 180 degrees
  double accuracy_m = 0;  ///< half a square's diagonal, or what the text states
  std::string read_as;    ///< the notation, in words: `degrees and minutes, latitude first`
};

/// All ways to read two angles: with a comma as separator and as decimal comma, four numbers as two angles of degrees
/// and minutes or as latitude, longitude, altitude and accuracy. Latitude stands first unless letters say otherwise.
/// Without any, the error is one sentence.
std::expected<std::vector<Reading>, std::string> read_angle_pair(std::string_view plain);

}  // namespace kordon::evaluation
