#pragma once

#include "geo/earth/position.hpp"

namespace kordon::geo {

/// The shortest path between two places on the WGS 84 ellipsoid.
struct GeodesicPath {
  double distance_m;   ///< error below 15 nm (Karney 2013)
  double bearing_deg;  ///< azimuth at `from`, clockwise from north, in [0, 360)
};

/// Karney, Algorithms for geodesics, J. Geodesy 87, 43-55 (2013), by GeographicLib.
GeodesicPath inverse(LonLat from, LonLat to);

/// The place reached from `from` by a geodesic of this length and initial bearing.
LonLat direct(LonLat from, double bearing_deg, double distance_m);

}  // namespace kordon::geo
