#include "geo/atlas/repair.hpp"

#include <fmt/format.h>
#include <geos_c.h>

#include <algorithm>
#include <cmath>
#include <memory>

namespace kordon::geo {
namespace {

/// Change of area that a repair may make: relative, and whatever the size, in square degrees (about 100 m2).
constexpr double relative_tolerance = 1e-6;
constexpr double absolute_tolerance_deg2 = 1e-8;

struct FinishContext {
  void operator()(GEOSContextHandle_HS* context) const { GEOS_finish_r(context); }
};
using Context = std::unique_ptr<GEOSContextHandle_HS, FinishContext>;

struct DestroyGeometry {
  GEOSContextHandle_t context = nullptr;
  void operator()(GEOSGeometry* geometry) const { GEOSGeom_destroy_r(context, geometry); }
};
using Geometry = std::unique_ptr<GEOSGeometry, DestroyGeometry>;

/// Twice the signed area in square degrees, positive when the ring runs counter-clockwise.
double doubled_area(const Line& ring) {
  double sum = 0;
  const auto origin = ring.front();
  for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
    sum += (ring[i].lon_deg - origin.lon_deg) * (ring[i + 1].lat_deg - origin.lat_deg) -
           (ring[i + 1].lon_deg - origin.lon_deg) * (ring[i].lat_deg - origin.lat_deg);
  }
  return sum;
}

void orient(Line& ring, bool shell) {
  if ((doubled_area(ring) > 0) != shell) std::ranges::reverse(ring);
}

class Repairer {
 public:
  Repairer() : context_(GEOS_init_r()) {}

  [[nodiscard]] Geometry build(const Feature& feature) const {
    std::vector<GEOSGeometry*> polygons;
    polygons.reserve(feature.polygons.size());
    for (const auto& rings : feature.polygons) {
      std::vector<GEOSGeometry*> parts;
      parts.reserve(rings.size());
      for (const auto& ring : rings) parts.push_back(build_ring(ring));
      polygons.push_back(
          GEOSGeom_createPolygon_r(handle(), parts.front(), parts.data() + 1, static_cast<unsigned>(parts.size() - 1)));
    }
    return own(GEOSGeom_createCollection_r(handle(), GEOS_MULTIPOLYGON, polygons.data(),
                                           static_cast<unsigned>(polygons.size())));
  }

  /// GEOS's reason and place, empty when valid.
  [[nodiscard]] std::string fault_of(const GEOSGeometry* geometry) const {
    if (GEOSisValid_r(handle(), geometry) == 1) return {};
    char* reason = GEOSisValidReason_r(handle(), geometry);
    std::string text = reason != nullptr ? reason : "invalid";
    GEOSFree_r(handle(), reason);
    return text;
  }

  /// Rings keep their part as shell or hole, and what has no area goes.
  [[nodiscard]] Geometry make_valid(const GEOSGeometry* geometry) const {
    const auto destroy = [this](GEOSMakeValidParams* params) { GEOSMakeValidParams_destroy_r(handle(), params); };
    const std::unique_ptr<GEOSMakeValidParams, decltype(destroy)> params(GEOSMakeValidParams_create_r(handle()),
                                                                         destroy);
    GEOSMakeValidParams_setMethod_r(handle(), params.get(), GEOS_MAKE_VALID_STRUCTURE);
    GEOSMakeValidParams_setKeepCollapsed_r(handle(), params.get(), 0);
    return own(GEOSMakeValidWithParams_r(handle(), geometry, params.get()));
  }

  [[nodiscard]] bool is_polygonal(const GEOSGeometry* geometry) const {
    const int type = GEOSGeomTypeId_r(handle(), geometry);
    return (type == GEOS_POLYGON || type == GEOS_MULTIPOLYGON) && GEOSisEmpty_r(handle(), geometry) == 0;
  }

  [[nodiscard]] double area(const GEOSGeometry* geometry) const {
    double area = 0;
    GEOSArea_r(handle(), geometry, &area);
    return area;
  }

  [[nodiscard]] std::vector<Line> rings(const GEOSGeometry* geometry) const {
    std::vector<Line> lines;
    for (int p = 0; p < GEOSGetNumGeometries_r(handle(), geometry); ++p) {
      const auto* polygon = GEOSGetGeometryN_r(handle(), geometry, p);
      lines.push_back(read_ring(GEOSGetExteriorRing_r(handle(), polygon), true));
      for (int h = 0; h < GEOSGetNumInteriorRings_r(handle(), polygon); ++h) {
        lines.push_back(read_ring(GEOSGetInteriorRingN_r(handle(), polygon, h), false));
      }
    }
    return lines;
  }

 private:
  [[nodiscard]] GEOSContextHandle_t handle() const { return context_.get(); }
  [[nodiscard]] Geometry own(GEOSGeometry* geometry) const { return {geometry, DestroyGeometry{handle()}}; }

  [[nodiscard]] GEOSGeometry* build_ring(const Line& ring) const {
    static_assert(sizeof(LonLat) == 2 * sizeof(double));
    auto* sequence =
        GEOSCoordSeq_copyFromBuffer_r(handle(), &ring.front().lon_deg, static_cast<unsigned>(ring.size()), 0, 0);
    return GEOSGeom_createLinearRing_r(handle(), sequence);
  }

  [[nodiscard]] Line read_ring(const GEOSGeometry* ring, bool shell) const {
    const auto* sequence = GEOSGeom_getCoordSeq_r(handle(), ring);
    unsigned size = 0;
    GEOSCoordSeq_getSize_r(handle(), sequence, &size);
    Line line(size);
    GEOSCoordSeq_copyToBuffer_r(handle(), sequence, &line.front().lon_deg, 0, 0);
    orient(line, shell);
    return line;
  }

  Context context_;
};

std::vector<Line> oriented(const Feature& feature) {
  std::vector<Line> lines;
  for (const auto& polygon : feature.polygons) {
    for (std::size_t r = 0; r < polygon.size(); ++r) {
      lines.push_back(polygon[r]);
      orient(lines.back(), r == 0);
    }
  }
  return lines;
}

double area_as_given(const Feature& feature) {
  double area = 0;
  for (const auto& polygon : feature.polygons) {
    for (std::size_t r = 0; r < polygon.size(); ++r) area += (r == 0 ? 0.5 : -0.5) * std::abs(doubled_area(polygon[r]));
  }
  return area;
}

}  // namespace

std::expected<ValidRings, Fault> valid_rings(const Feature& feature) {
  const Repairer geos;
  const auto given = geos.build(feature);
  const auto reason = geos.fault_of(given.get());
  if (reason.empty()) return ValidRings{oriented(feature), {}};
  const auto mended = geos.make_valid(given.get());
  const auto refuse = [&](const std::string& why) {
    return std::unexpected(Fault{feature.where, fmt::format("invalid polygon: {}; {}", reason, why)});
  };
  if (!mended || !geos.is_polygonal(mended.get())) return refuse("MakeValid leaves no polygon");
  const auto before = area_as_given(feature);
  const auto after = geos.area(mended.get());
  if (std::abs(after - before) > std::min(relative_tolerance * after, absolute_tolerance_deg2)) {
    return refuse(fmt::format("a repair would change its area from {:.9g} to {:.9g} square degrees", before, after));
  }
  return ValidRings{geos.rings(mended.get()), fmt::format("repaired by MakeValid: {}", reason)};
}

}  // namespace kordon::geo
