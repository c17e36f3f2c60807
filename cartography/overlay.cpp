#include "cartography/overlay.hpp"

#include <geos_c.h>

#include <stdexcept>

namespace kordon::cartography {
Overlay::Shape Overlay::own(GEOSGeom_t* shape) const {
  if (shape == nullptr) throw std::runtime_error("GEOS gave no result");
  return geos_.own(shape);
}

Overlay::Shape Overlay::shape(const Polygons& polygons) const { return own(geos_.multipolygon(polygons).release()); }

Overlay::Shape Overlay::everywhere() const {
  return shape({{{{-180, -90}, {180, -90}, {180, 90}, {-180, 90}, {-180, -90}}}});
}

Overlay::Shape Overlay::united(std::span<const Shape> shapes) const {
  std::vector<GEOSGeometry*> parts;
  parts.reserve(shapes.size());
  for (const auto& part : shapes) parts.push_back(GEOSGeom_clone_r(geos_.context(), part.get()));
  const auto all = own(GEOSGeom_createCollection_r(geos_.context(), GEOS_GEOMETRYCOLLECTION, parts.data(),
                                                   static_cast<unsigned>(parts.size())));
  return own(GEOSUnaryUnion_r(geos_.context(), all.get()));
}

Overlay::Shape Overlay::common(const Shape& a, const Shape& b) const { return overlaid(GEOSIntersection_r, a, b); }
Overlay::Shape Overlay::difference(const Shape& a, const Shape& b) const { return overlaid(GEOSDifference_r, a, b); }

/// Simplified lines can be invalid in rare places; GEOS then says nothing, or mends and tries again.
Overlay::Shape Overlay::overlaid(Operation operation, const Shape& a, const Shape& b) const {
  if (auto* result = operation(geos_.context(), a.get(), b.get()); result != nullptr) return own(result);
  const auto valid_a = own(GEOSMakeValid_r(geos_.context(), a.get()));
  const auto valid_b = own(GEOSMakeValid_r(geos_.context(), b.get()));
  return own(operation(geos_.context(), valid_a.get(), valid_b.get()));
}

Overlay::Shape Overlay::wrapped(const geo::Line& ring) const {
  const auto box = box_of(ring);
  if (box.west_deg >= -180 && box.east_deg <= 180) return shape({{ring}});
  std::vector<Shape> parts;
  for (const double turn_deg : {-360.0, 0.0, 360.0}) {
    auto moved = ring;
    for (auto& place : moved) place.lon_deg += turn_deg;
    parts.push_back(common(shape({{moved}}), everywhere()));
  }
  return united(parts);
}

Box Overlay::box(const Shape& shape) const {
  Box box;
  if (GEOSisEmpty_r(geos_.context(), shape.get()) != 0) return box;
  GEOSGeom_getXMin_r(geos_.context(), shape.get(), &box.west_deg);
  GEOSGeom_getYMin_r(geos_.context(), shape.get(), &box.south_deg);
  GEOSGeom_getXMax_r(geos_.context(), shape.get(), &box.east_deg);
  GEOSGeom_getYMax_r(geos_.context(), shape.get(), &box.north_deg);
  return box;
}

Polygons Overlay::polygons(const Shape& shape) const { return geos_.polygons_of(shape.get()); }

}  // namespace kordon::cartography
