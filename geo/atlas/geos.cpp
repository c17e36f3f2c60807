#include "geo/atlas/geos.hpp"

#include <geos_c.h>

namespace kordon::geo {

void Geos::Finish::operator()(GEOSContextHandle_HS* context) const { GEOS_finish_r(context); }

void Geos::Destroy::operator()(GEOSGeom_t* geometry) const { GEOSGeom_destroy_r(context, geometry); }

Geos::Geos() : context_(GEOS_init_r()) {}

GEOSGeom_t* Geos::ring(const Line& line) const {
  static_assert(sizeof(LonLat) == 2 * sizeof(double));
  auto* sequence =
      GEOSCoordSeq_copyFromBuffer_r(context_.get(), &line.front().lon_deg, static_cast<unsigned>(line.size()), 0, 0);
  return GEOSGeom_createLinearRing_r(context_.get(), sequence);
}

GEOSGeom_t* Geos::raw_polygon(const Polygon& rings) const {
  std::vector<GEOSGeom_t*> parts;
  parts.reserve(rings.size());
  for (const auto& line : rings) parts.push_back(ring(line));
  return GEOSGeom_createPolygon_r(context_.get(), parts.front(), parts.data() + 1,
                                  static_cast<unsigned>(parts.size() - 1));
}

Geos::Geometry Geos::polygon(const Polygon& rings) const { return own(raw_polygon(rings)); }

Geos::Geometry Geos::multipolygon(const std::vector<Polygon>& polygons) const {
  std::vector<GEOSGeom_t*> parts;
  parts.reserve(polygons.size());
  for (const auto& rings : polygons) parts.push_back(raw_polygon(rings));
  return own(GEOSGeom_createCollection_r(context_.get(), GEOS_MULTIPOLYGON, parts.data(),
                                         static_cast<unsigned>(parts.size())));
}

Geos::Geometry Geos::between(const GEOSGeom_t* geometry, double west_deg, double east_deg) const {
  const Line box{{west_deg, -91}, {east_deg, -91}, {east_deg, 91}, {west_deg, 91}, {west_deg, -91}};
  const auto clip = polygon({box});
  return own(GEOSIntersection_r(context_.get(), geometry, clip.get()));
}

Geos::Geometry Geos::made_valid(const GEOSGeom_t* geometry) const {
  auto* handle = context_.get();
  const auto destroy = [handle](GEOSMakeValidParams* params) { GEOSMakeValidParams_destroy_r(handle, params); };
  const std::unique_ptr<GEOSMakeValidParams, decltype(destroy)> params(GEOSMakeValidParams_create_r(handle), destroy);
  GEOSMakeValidParams_setMethod_r(handle, params.get(), GEOS_MAKE_VALID_STRUCTURE);
  GEOSMakeValidParams_setKeepCollapsed_r(handle, params.get(), 0);
  return own(GEOSMakeValidWithParams_r(handle, geometry, params.get()));
}

bool Geos::is_valid(const GEOSGeom_t* geometry) const { return GEOSisValid_r(context_.get(), geometry) == 1; }

std::string Geos::fault_of(const GEOSGeom_t* geometry) const {
  if (is_valid(geometry)) return {};
  char* reason = GEOSisValidReason_r(context_.get(), geometry);
  std::string text = reason != nullptr ? reason : "invalid";
  GEOSFree_r(context_.get(), reason);
  return text;
}

std::optional<LonLat> Geos::place_of_fault(const GEOSGeom_t* geometry) const {
  char* reason = nullptr;
  GEOSGeom_t* place = nullptr;
  const bool valid = GEOSisValidDetail_r(context_.get(), geometry, 0, &reason, &place) == 1;
  GEOSFree_r(context_.get(), reason);
  const auto point = own(place);
  if (valid || !point) return std::nullopt;
  LonLat at;
  GEOSGeomGetX_r(context_.get(), point.get(), &at.lon_deg);
  GEOSGeomGetY_r(context_.get(), point.get(), &at.lat_deg);
  return at;
}

bool Geos::is_polygonal(const GEOSGeom_t* geometry) const {
  const int type = GEOSGeomTypeId_r(context_.get(), geometry);
  return (type == GEOS_POLYGON || type == GEOS_MULTIPOLYGON) && GEOSisEmpty_r(context_.get(), geometry) == 0;
}

double Geos::area_deg2(const GEOSGeom_t* geometry) const {
  double area = 0;
  GEOSArea_r(context_.get(), geometry, &area);
  return area;
}

std::vector<Polygon> Geos::polygons_of(const GEOSGeom_t* geometry) const {
  std::vector<Polygon> polygons;
  add_polygons(geometry, polygons);
  return polygons;
}

void Geos::add_polygons(const GEOSGeom_t* geometry, std::vector<Polygon>& polygons) const {
  auto* handle = context_.get();
  if (GEOSisEmpty_r(handle, geometry) != 0) return;
  const int type = GEOSGeomTypeId_r(handle, geometry);
  if (type == GEOS_POLYGON) {
    auto& rings = polygons.emplace_back();
    rings.push_back(line_of(GEOSGetExteriorRing_r(handle, geometry), true));
    for (int h = 0; h < GEOSGetNumInteriorRings_r(handle, geometry); ++h) {
      rings.push_back(line_of(GEOSGetInteriorRingN_r(handle, geometry, h), false));
    }
  } else if (type == GEOS_MULTIPOLYGON || type == GEOS_GEOMETRYCOLLECTION) {
    for (int p = 0; p < GEOSGetNumGeometries_r(handle, geometry); ++p) {
      add_polygons(GEOSGetGeometryN_r(handle, geometry, p), polygons);
    }
  }
}

Line Geos::line_of(const GEOSGeom_t* ring, bool shell) const {
  const auto* sequence = GEOSGeom_getCoordSeq_r(context_.get(), ring);
  unsigned size = 0;
  GEOSCoordSeq_getSize_r(context_.get(), sequence, &size);
  Line line(size);
  GEOSCoordSeq_copyToBuffer_r(context_.get(), sequence, &line.front().lon_deg, 0, 0);
  orient(line, shell);
  return line;
}

}  // namespace kordon::geo
