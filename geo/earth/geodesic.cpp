#include "geo/earth/geodesic.hpp"

#include <GeographicLib/Geodesic.hpp>

namespace kordon::geo {

GeodesicPath inverse(LonLat from, LonLat to) {
  double distance_m = 0;
  double azimuth_from_deg = 0;
  double azimuth_to_deg = 0;
  GeographicLib::Geodesic::WGS84().Inverse(from.lat_deg, from.lon_deg, to.lat_deg, to.lon_deg, distance_m,
                                           azimuth_from_deg, azimuth_to_deg);
  return {distance_m, azimuth_from_deg < 0 ? azimuth_from_deg + 360 : azimuth_from_deg};
}

LonLat direct(LonLat from, double bearing_deg, double distance_m) {
  LonLat to;
  GeographicLib::Geodesic::WGS84().Direct(from.lat_deg, from.lon_deg, bearing_deg, distance_m, to.lat_deg, to.lon_deg);
  return to;
}

}  // namespace kordon::geo
