#include "cartography/overlay.hpp"

#include <geos_c.h>

#include <algorithm>
#include <stdexcept>

namespace kordon::cartography {
namespace {

GEOSGeometry* make_ring(GEOSContextHandle_t context, const geo::Line& ring) {
  static_assert(sizeof(geo::LonLat) == 2 * sizeof(double));
  auto* sequence =
      GEOSCoordSeq_copyFromBuffer_r(context, &ring.front().lon_deg, static_cast<unsigned>(ring.size()), 0, 0);
  return GEOSGeom_createLinearRing_r(context, sequence);
}

GEOSGeometry* make_polygon(GEOSContextHandle_t context, const Polygon& polygon) {
  std::vector<GEOSGeometry*> holes;
  for (std::size_t i = 1; i < polygon.size(); ++i) holes.push_back(make_ring(context, polygon[i]));
  return GEOSGeom_createPolygon_r(context, make_ring(context, polygon.front()), holes.data(),
                                  static_cast<unsigned>(holes.size()));
}

geo::Line read_ring(GEOSContextHandle_t context, const GEOSGeometry* ring, bool shell) {
  const auto* sequence = GEOSGeom_getCoordSeq_r(context, ring);
  unsigned size = 0;
  GEOSCoordSeq_getSize_r(context, sequence, &size);
  geo::Line line(size);
  GEOSCoordSeq_copyToBuffer_r(context, sequence, &line.front().lon_deg, 0, 0);
  if ((doubled_area_deg2(line) > 0) != shell) std::ranges::reverse(line);
  return line;
}

Polygon read_polygon(GEOSContextHandle_t context, const GEOSGeometry* shape) {
  Polygon polygon{read_ring(context, GEOSGetExteriorRing_r(context, shape), true)};
  for (int i = 0; i < GEOSGetNumInteriorRings_r(context, shape); ++i) {
    polygon.push_back(read_ring(context, GEOSGetInteriorRingN_r(context, shape, i), false));
  }
  return polygon;
}

/// Polygons inside collections, too.
void read_polygons(GEOSContextHandle_t context, const GEOSGeometry* shape, Polygons& polygons) {
  if (GEOSisEmpty_r(context, shape) != 0) return;
  const int type = GEOSGeomTypeId_r(context, shape);
  if (type == GEOS_POLYGON) return polygons.push_back(read_polygon(context, shape));
  if (type != GEOS_MULTIPOLYGON && type != GEOS_GEOMETRYCOLLECTION) return;
  for (int i = 0; i < GEOSGetNumGeometries_r(context, shape); ++i) {
    read_polygons(context, GEOSGetGeometryN_r(context, shape, i), polygons);
  }
}

}  // namespace

void Overlay::DestroyShape::operator()(GEOSGeom_t* shape) const { GEOSGeom_destroy_r(context, shape); }
void Overlay::FinishContext::operator()(GEOSContextHandle_HS* context) const { GEOS_finish_r(context); }

Overlay::Overlay() : context_(GEOS_init_r()) {}

Overlay::Shape Overlay::own(GEOSGeom_t* shape) const {
  if (shape == nullptr) throw std::runtime_error("GEOS gave no result");
  return {shape, DestroyShape{context_.get()}};
}

Overlay::Shape Overlay::shape(const Polygons& polygons) const {
  std::vector<GEOSGeometry*> parts;
  parts.reserve(polygons.size());
  for (const auto& polygon : polygons) parts.push_back(make_polygon(context_.get(), polygon));
  return own(GEOSGeom_createCollection_r(context_.get(), GEOS_MULTIPOLYGON, parts.data(),
                                         static_cast<unsigned>(parts.size())));
}

Overlay::Shape Overlay::everywhere() const {
  return shape({{{{-180, -90}, {180, -90}, {180, 90}, {-180, 90}, {-180, -90}}}});
}

Overlay::Shape Overlay::united(std::span<const Shape> shapes) const {
  std::vector<GEOSGeometry*> parts;
  parts.reserve(shapes.size());
  for (const auto& part : shapes) parts.push_back(GEOSGeom_clone_r(context_.get(), part.get()));
  const auto all = own(GEOSGeom_createCollection_r(context_.get(), GEOS_GEOMETRYCOLLECTION, parts.data(),
                                                   static_cast<unsigned>(parts.size())));
  return own(GEOSUnaryUnion_r(context_.get(), all.get()));
}

Overlay::Shape Overlay::common(const Shape& a, const Shape& b) const { return overlaid(GEOSIntersection_r, a, b); }
Overlay::Shape Overlay::difference(const Shape& a, const Shape& b) const { return overlaid(GEOSDifference_r, a, b); }

/// Simplified lines can be invalid in rare places; GEOS then says nothing, or mends and tries again.
Overlay::Shape Overlay::overlaid(Operation operation, const Shape& a, const Shape& b) const {
  if (auto* result = operation(context_.get(), a.get(), b.get()); result != nullptr) return own(result);
  const auto valid_a = own(GEOSMakeValid_r(context_.get(), a.get()));
  const auto valid_b = own(GEOSMakeValid_r(context_.get(), b.get()));
  return own(operation(context_.get(), valid_a.get(), valid_b.get()));
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
  if (GEOSisEmpty_r(context_.get(), shape.get()) != 0) return box;
  GEOSGeom_getXMin_r(context_.get(), shape.get(), &box.west_deg);
  GEOSGeom_getYMin_r(context_.get(), shape.get(), &box.south_deg);
  GEOSGeom_getXMax_r(context_.get(), shape.get(), &box.east_deg);
  GEOSGeom_getYMax_r(context_.get(), shape.get(), &box.north_deg);
  return box;
}

Polygons Overlay::polygons(const Shape& shape) const {
  Polygons polygons;
  read_polygons(context_.get(), shape.get(), polygons);
  return polygons;
}

}  // namespace kordon::cartography
