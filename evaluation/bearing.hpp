#pragma once

#include "geo/earth/position.hpp"

namespace kordon::evaluation {

/// Answers state bearings to four decimals, some 0.01 seconds of arc.
inline constexpr int bearing_decimals = 4;

/// The azimuth at `from` of the geodesic to `to`, clockwise from north in degrees, as `geo::inverse` has it: less
/// exact, but the same text once it is rounded to `bearing_decimals`. `distance_m` > 0 is the geodesic's length.
double stated_bearing_deg(geo::LonLat from, geo::LonLat to, double distance_m);

}  // namespace kordon::evaluation
