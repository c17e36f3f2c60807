#include "bench/extents/plane.hpp"

#include <geos_c.h>

#include <functional>

namespace kordon::bench {
namespace {

using Geometry = std::unique_ptr<GEOSGeometry, std::function<void(GEOSGeometry*)>>;

}  // namespace

struct Plane::Shape {
  Geometry geometry;
  geo::LonLat first, last;
};

struct Plane::Geos {
  std::unique_ptr<GEOSContextHandle_HS, decltype(&GEOS_finish_r)> context{GEOS_init_r(), GEOS_finish_r};
  Geometry region;

  [[nodiscard]] Geometry own(GEOSGeometry* geometry) const {
    return {geometry, [c = context.get()](GEOSGeometry* g) { GEOSGeom_destroy_r(c, g); }};
  }

  [[nodiscard]] GEOSGeometry* line_of(const std::vector<geo::LonLat>& places) const {
    auto* sequence =
        GEOSCoordSeq_copyFromBuffer_r(context.get(), &places[0].lon_deg, static_cast<unsigned>(places.size()), 0, 0);
    return GEOSGeom_createLineString_r(context.get(), sequence);
  }

  [[nodiscard]] Geometry area_of(const std::vector<geo::Line>& rings) const {
    std::vector<GEOSGeometry*> parts;
    for (const auto& ring : rings) parts.push_back(line_of(ring));
    const auto lines = own(GEOSGeom_createCollection_r(context.get(), GEOS_MULTILINESTRING, parts.data(),
                                                       static_cast<unsigned>(parts.size())));
    return own(GEOSBuildArea_r(context.get(), lines.get()));
  }

  /// The ends of a line's parts that are not the whole line's.
  void add_ends(const GEOSGeometry* part, const Shape& whole, std::vector<geo::LonLat>& out) const {
    unsigned count = 0;
    const auto* sequence = GEOSGeom_getCoordSeq_r(context.get(), part);
    GEOSCoordSeq_getSize_r(context.get(), sequence, &count);
    if (count == 0) return;
    for (const unsigned i : {0U, count - 1}) {
      geo::LonLat place;
      GEOSCoordSeq_getXY_r(context.get(), sequence, i, &place.lon_deg, &place.lat_deg);
      if (place != whole.first && place != whole.last) out.push_back(place);
    }
  }
};

Plane::Plane(const geo::Region& region, geo::LonLat south_west, geo::LonLat north_east)
    : geos_(std::make_unique<Geos>()) {
  const auto whole = geos_->area_of(region.rings);
  geos_->region = geos_->own(GEOSClipByRect_r(geos_->context.get(), whole.get(), south_west.lon_deg, south_west.lat_deg,
                                              north_east.lon_deg, north_east.lat_deg));
}
Plane::~Plane() = default;

std::shared_ptr<const Plane::Shape> Plane::line(const std::vector<geo::LonLat>& places) const {
  return std::make_shared<const Shape>(geos_->own(geos_->line_of(places)), places.front(), places.back());
}

std::shared_ptr<const Plane::Shape> Plane::area(const std::vector<geo::LonLat>& shell) const {
  return std::make_shared<const Shape>(geos_->area_of({shell}), shell.front(), shell.back());
}

std::vector<geo::LonLat> Plane::crossings(const Shape& line) const {
  auto* context = geos_->context.get();
  const auto both = geos_->own(GEOSIntersection_r(context, line.geometry.get(), geos_->region.get()));
  std::vector<geo::LonLat> places;
  const int parts = GEOSGetNumGeometries_r(context, both.get());
  for (int i = 0; i < parts; ++i) geos_->add_ends(GEOSGetGeometryN_r(context, both.get(), i), line, places);
  return places;
}

double Plane::share(const Shape& area) const {
  auto* context = geos_->context.get();
  const auto both = geos_->own(GEOSIntersection_r(context, area.geometry.get(), geos_->region.get()));
  double inside = 0;
  double whole = 0;
  GEOSArea_r(context, both.get(), &inside);
  GEOSArea_r(context, area.geometry.get(), &whole);
  return inside / whole;
}

std::string Plane::wkt() const {
  auto* context = geos_->context.get();
  auto* writer = GEOSWKTWriter_create_r(context);
  GEOSWKTWriter_setTrim_r(context, writer, 1);
  char* text = GEOSWKTWriter_write_r(context, writer, geos_->region.get());
  std::string whole = text;
  GEOSFree_r(context, text);
  GEOSWKTWriter_destroy_r(context, writer);
  return whole;
}

std::size_t Plane::vertices() const {
  return static_cast<std::size_t>(GEOSGetNumCoordinates_r(geos_->context.get(), geos_->region.get()));
}

}  // namespace kordon::bench
