#pragma once

#include <span>

#include "cartography/box.hpp"
#include "geo/atlas/geos.hpp"

namespace kordon::cartography {

/// Set operations on polygons as on a plate carrée map, by GEOS. One thread uses it; its shapes must not outlive it.
/// What GEOS cannot do throws std::runtime_error: nothing that a client sends can cause it.
class Overlay {
 public:
  using Shape = geo::Geos::Geometry;

  [[nodiscard]] Shape shape(const Polygons& polygons) const;
  [[nodiscard]] Shape everywhere() const;
  [[nodiscard]] Shape united(std::span<const Shape> shapes) const;
  [[nodiscard]] Shape common(const Shape& a, const Shape& b) const;
  [[nodiscard]] Shape difference(const Shape& a, const Shape& b) const;

  /// An empty box for an empty shape.
  [[nodiscard]] Box box(const Shape& shape) const;

  /// A ring whose longitudes go on beyond 180 or -180, cut at the antimeridian. It spans at most 360 degrees.
  [[nodiscard]] Shape wrapped(const geo::Line& ring) const;

  /// The part that has an area.
  [[nodiscard]] Polygons polygons(const Shape& shape) const;

 private:
  using Operation = GEOSGeom_t* (*)(GEOSContextHandle_HS*, const GEOSGeom_t*, const GEOSGeom_t*);

  [[nodiscard]] Shape own(GEOSGeom_t* shape) const;
  [[nodiscard]] Shape overlaid(Operation operation, const Shape& a, const Shape& b) const;

  geo::Geos geos_;
};

}  // namespace kordon::cartography
