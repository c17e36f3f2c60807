#pragma once

#include <memory>

#include "geo/atlas/atlas.hpp"

namespace kordon::bench {

/// GEOS prepared geometry, as one would use it for the question: in degrees, on the plane. One thread at a time.
class GeosPeer {
 public:
  explicit GeosPeer(const geo::Atlas& atlas);
  ~GeosPeer();
  GeosPeer(const GeosPeer&) = delete;
  GeosPeer& operator=(const GeosPeer&) = delete;

  struct Answer {
    bool in_russia;
    bool in_ukraine;
    double distance_deg;  ///< to RU|UA
  };
  /// Two intersects and one distance.
  [[nodiscard]] Answer ask(geo::LonLat place) const;
  /// The two intersects alone; `distance_deg` is 0.
  [[nodiscard]] Answer sides(geo::LonLat place) const;

 private:
  struct Geos;
  std::unique_ptr<Geos> geos_;
};

}  // namespace kordon::bench
