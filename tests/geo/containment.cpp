#include <geos_c.h>

#include <algorithm>

#include "tests/geo/oracle.hpp"

namespace kordon::geo::oracle {

struct Containment::Geos {
  struct Ring {
    LonLat low{180, 90};
    LonLat high{-180, -90};
    GEOSGeometry* polygon = nullptr;
    const GEOSPreparedGeometry* prepared = nullptr;

    /// Only to spare GEOS the call.
    [[nodiscard]] bool may_cover(LonLat place) const {
      return low.lon_deg <= place.lon_deg && place.lon_deg <= high.lon_deg && low.lat_deg <= place.lat_deg &&
             place.lat_deg <= high.lat_deg;
    }
  };
  GEOSContextHandle_t context = GEOS_init_r();
  std::vector<Ring> rings;
};

Containment::Containment(const Region& region) : geos_(std::make_unique<Geos>()) {
  auto* c = geos_->context;
  for (const auto& vertices : region.rings) {
    Geos::Ring ring;
    for (const auto& v : vertices) {
      ring.low = {std::min(ring.low.lon_deg, v.lon_deg), std::min(ring.low.lat_deg, v.lat_deg)};
      ring.high = {std::max(ring.high.lon_deg, v.lon_deg), std::max(ring.high.lat_deg, v.lat_deg)};
    }
    auto* sequence = GEOSCoordSeq_copyFromBuffer_r(c, &vertices.front().lon_deg, unsigned(vertices.size()), 0, 0);
    ring.polygon = GEOSGeom_createPolygon_r(c, GEOSGeom_createLinearRing_r(c, sequence), nullptr, 0);
    ring.prepared = GEOSPrepare_r(c, ring.polygon);
    geos_->rings.push_back(ring);
  }
}

Containment::~Containment() {
  for (const auto& ring : geos_->rings) {
    GEOSPreparedGeom_destroy_r(geos_->context, ring.prepared);
    GEOSGeom_destroy_r(geos_->context, ring.polygon);
  }
  GEOS_finish_r(geos_->context);
}

bool Containment::inside(LonLat place) const {
  auto* c = geos_->context;
  auto* point = GEOSGeom_createPointFromXY_r(c, place.lon_deg, place.lat_deg);
  const auto covers = [&](const Geos::Ring& ring) {
    return ring.may_cover(place) && GEOSPreparedIntersects_r(c, ring.prepared, point) == 1;
  };
  const auto rings = std::ranges::count_if(geos_->rings, covers);
  GEOSGeom_destroy_r(c, point);
  return rings % 2 == 1;
}

}  // namespace kordon::geo::oracle
