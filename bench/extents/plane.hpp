#pragma once

#include <memory>
#include <string>
#include <vector>

#include "geo/atlas/atlas.hpp"

namespace kordon::bench {

/// GEOS on the plane of degrees, as Shapely asks it: what a region has of a line or an area.
class Plane {
 public:
  /// The region is cut to a box first, so that it has no more vertices than it must.
  Plane(const geo::Region& region, geo::LonLat south_west, geo::LonLat north_east);
  ~Plane();
  Plane(const Plane&) = delete;
  Plane& operator=(const Plane&) = delete;

  /// A line or ring as GEOS holds it: made once, as Shapely's are.
  struct Shape;
  [[nodiscard]] std::shared_ptr<const Shape> line(const std::vector<geo::LonLat>& places) const;
  [[nodiscard]] std::shared_ptr<const Shape> area(const std::vector<geo::LonLat>& shell) const;

  /// Where the line goes in and out.
  [[nodiscard]] std::vector<geo::LonLat> crossings(const Shape& line) const;
  /// Share of the area that lies inside, in square degrees.
  [[nodiscard]] double share(const Shape& area) const;
  [[nodiscard]] std::size_t vertices() const;
  /// The region as it was cut.
  [[nodiscard]] std::string wkt() const;

 private:
  struct Geos;
  std::unique_ptr<Geos> geos_;
};

}  // namespace kordon::bench
