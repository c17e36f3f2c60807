#include "bench/geos_peer.hpp"

#include <geos_c.h>

#include <functional>

namespace kordon::bench {
namespace {

using Geometry = std::unique_ptr<GEOSGeometry, std::function<void(GEOSGeometry*)>>;
using Prepared = std::unique_ptr<const GEOSPreparedGeometry, std::function<void(const GEOSPreparedGeometry*)>>;

}  // namespace

struct GeosPeer::Geos {
  struct Ready {
    Geometry geometry;
    Prepared prepared;
  };

  std::unique_ptr<GEOSContextHandle_HS, decltype(&GEOS_finish_r)> context{GEOS_init_r(), GEOS_finish_r};
  Ready russia, ukraine, border;

  explicit Geos(const geo::Atlas& atlas) {
    const auto area = [&](const char* id) {
      const auto rings = lines_of(atlas.regions[atlas.find_region(id).value()].rings);
      return ready(own(GEOSBuildArea_r(context.get(), rings.get())));
    };
    russia = area("RU");
    ukraine = area("UA");
    border = ready(lines_of(atlas.borders[atlas.find_border("RU|UA").value() - atlas.regions.size()].lines));
  }

  [[nodiscard]] Geometry own(GEOSGeometry* geometry) const {
    return {geometry, [c = context.get()](GEOSGeometry* g) { GEOSGeom_destroy_r(c, g); }};
  }

  [[nodiscard]] Ready ready(Geometry geometry) const {
    const auto* prepared = GEOSPrepare_r(context.get(), geometry.get());
    const auto destroy = [c = context.get()](const GEOSPreparedGeometry* g) { GEOSPreparedGeom_destroy_r(c, g); };
    return {std::move(geometry), {prepared, destroy}};
  }

  [[nodiscard]] Geometry lines_of(const std::vector<geo::Line>& lines) const {
    std::vector<GEOSGeometry*> parts;
    for (const auto& line : lines) {
      auto* sequence =
          GEOSCoordSeq_copyFromBuffer_r(context.get(), &line.front().lon_deg, static_cast<unsigned>(line.size()), 0, 0);
      parts.push_back(GEOSGeom_createLineString_r(context.get(), sequence));
    }
    return own(GEOSGeom_createCollection_r(context.get(), GEOS_MULTILINESTRING, parts.data(),
                                           static_cast<unsigned>(parts.size())));
  }

  [[nodiscard]] Geometry point(geo::LonLat place) const {
    return own(GEOSGeom_createPointFromXY_r(context.get(), place.lon_deg, place.lat_deg));
  }

  [[nodiscard]] bool covers(const Ready& region, const Geometry& point) const {
    return GEOSPreparedIntersects_r(context.get(), region.prepared.get(), point.get()) == 1;
  }
};

GeosPeer::GeosPeer(const geo::Atlas& atlas) : geos_(std::make_unique<Geos>(atlas)) {}
GeosPeer::~GeosPeer() = default;

GeosPeer::Answer GeosPeer::sides(geo::LonLat place) const {
  const auto point = geos_->point(place);
  return {geos_->covers(geos_->russia, point), geos_->covers(geos_->ukraine, point), 0};
}

GeosPeer::Answer GeosPeer::ask(geo::LonLat place) const {
  const auto point = geos_->point(place);
  Answer answer{geos_->covers(geos_->russia, point), geos_->covers(geos_->ukraine, point), 0};
  GEOSPreparedDistance_r(geos_->context.get(), geos_->border.prepared.get(), point.get(), &answer.distance_deg);
  return answer;
}

}  // namespace kordon::bench
