#include "geo/atlas/ring.hpp"

#include <algorithm>
#include <cmath>

namespace kordon::geo {

double doubled_area_deg2(const Line& ring) {
  double sum = 0;
  const auto origin = ring.front();
  for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
    sum += (ring[i].lon_deg - origin.lon_deg) * (ring[i + 1].lat_deg - origin.lat_deg) -
           (ring[i + 1].lon_deg - origin.lon_deg) * (ring[i].lat_deg - origin.lat_deg);
  }
  return sum;
}

double area_deg2(const Polygon& polygon) {
  double area = 0;
  for (std::size_t r = 0; r < polygon.size(); ++r) {
    area += (r == 0 ? 0.5 : -0.5) * std::abs(doubled_area_deg2(polygon[r]));
  }
  return area;
}

void orient(Line& ring, bool shell) {
  if ((doubled_area_deg2(ring) > 0) != shell) std::ranges::reverse(ring);
}

}  // namespace kordon::geo
