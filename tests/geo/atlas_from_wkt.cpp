#include "tests/geo/atlas_from_wkt.hpp"

#include <ogr_geometry.h>

#include <memory>
#include <stdexcept>

#include "geo/repair.hpp"
#include "geo/topology.hpp"

using namespace kordon::geo;

namespace {

std::vector<Line> rings_of(const OGRPolygon& polygon) {
  std::vector<Line> rings;
  for (const auto* ring : polygon) {
    Line line;
    for (const auto& point : *ring) line.push_back({point.getX(), point.getY()});
    rings.push_back(std::move(line));
  }
  return rings;
}

Feature feature_of(const WktRegion& drawn) {
  OGRGeometry* raw = nullptr;
  if (OGRGeometryFactory::createFromWkt(drawn.wkt.c_str(), nullptr, &raw) != OGRERR_NONE) {
    throw std::invalid_argument(drawn.wkt);
  }
  const std::unique_ptr<OGRGeometry> geometry(raw);
  Feature feature{drawn.id, drawn.id, drawn.id, {}};
  if (wkbFlatten(geometry->getGeometryType()) == wkbPolygon) {
    feature.polygons.push_back(rings_of(*geometry->toPolygon()));
  } else {
    for (const auto* polygon : *geometry->toMultiPolygon()) feature.polygons.push_back(rings_of(*polygon));
  }
  return feature;
}

}  // namespace

Atlas atlas_from_wkt(const std::vector<WktRegion>& regions) {
  Atlas atlas;
  for (const auto& drawn : regions) {
    auto valid = valid_rings(feature_of(drawn));
    if (!valid) throw std::invalid_argument(valid.error().message);
    atlas.regions.push_back({drawn.id, drawn.id, "drawn", 0, std::move(valid->rings)});
  }
  derive_topology(atlas);
  return atlas;
}
