#include "tests/geo/atlas_from_wkt.hpp"

#include <ogr_geometry.h>

#include <memory>
#include <stdexcept>

#include "geo/atlas/repair.hpp"
#include "geo/atlas/topology.hpp"

using namespace kordon::geo;

namespace {

std::vector<kordon::geo::Line> rings_of(const OGRPolygon& polygon) {
  std::vector<kordon::geo::Line> rings;
  for (const auto* ring : polygon) {
    kordon::geo::Line line;
    for (const auto& point : *ring) line.push_back({point.getX(), point.getY()});
    rings.push_back(std::move(line));
  }
  return rings;
}

kordon::geo::Feature feature_of(const WktRegion& drawn) {
  OGRGeometry* raw = nullptr;
  if (OGRGeometryFactory::createFromWkt(drawn.wkt.c_str(), nullptr, &raw) != OGRERR_NONE) {
    throw std::invalid_argument(drawn.wkt);
  }
  const std::unique_ptr<OGRGeometry> geometry(raw);
  kordon::geo::Feature feature{drawn.id, drawn.id, drawn.id, {}};
  if (wkbFlatten(geometry->getGeometryType()) == wkbPolygon) {
    feature.polygons.push_back(rings_of(*geometry->toPolygon()));
  } else {
    for (const auto* polygon : *geometry->toMultiPolygon()) feature.polygons.push_back(rings_of(*polygon));
  }
  return feature;
}

}  // namespace

kordon::geo::Atlas atlas_from_wkt(const std::vector<WktRegion>& regions) {
  kordon::geo::Atlas atlas;
  for (const auto& drawn : regions) {
    auto valid = kordon::geo::valid_rings(feature_of(drawn), 50);
    if (!valid) throw std::invalid_argument(valid.error().message);
    atlas.regions.push_back({drawn.id, drawn.id, "drawn", 0, std::move(valid->rings)});
  }
  kordon::geo::derive_topology(atlas);
  return atlas;
}
