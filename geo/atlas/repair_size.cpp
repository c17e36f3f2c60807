#include "geo/atlas/repair_size.hpp"

#include <geos_c.h>

#include <GeographicLib/Constants.hpp>
#include <algorithm>
#include <cmath>
#include <numbers>
#include <tuple>

#include "geo/atlas/geos.hpp"

namespace kordon::geo {
namespace {

/// An edge from the lesser of two vertices to the greater; `winding` is how often it runs so, less how often back.
struct WeighedEdge {
  LonLat from;
  LonLat to;
  int winding;

  [[nodiscard]] auto key() const { return std::tuple(from.lat_deg, from.lon_deg, to.lat_deg, to.lon_deg); }
};

void add_edges(const std::vector<Polygon>& polygons, int sign, std::vector<WeighedEdge>& edges) {
  for (const auto& polygon : polygons) {
    for (std::size_t r = 0; r < polygon.size(); ++r) {
      const auto& ring = polygon[r];
      const int winding = (doubled_area_deg2(ring) > 0) == (r == 0) ? sign : -sign;
      for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        const WeighedEdge edge{ring[i], ring[i + 1], winding};
        const WeighedEdge back{ring[i + 1], ring[i], -winding};
        edges.push_back(edge.key() < back.key() ? edge : back);
      }
    }
  }
}

/// Around a place they wind as often as the rings as given do, less those mended.
std::vector<WeighedEdge> difference(const std::vector<Polygon>& given, const std::vector<Polygon>& mended) {
  std::vector<WeighedEdge> edges;
  add_edges(given, 1, edges);
  add_edges(mended, -1, edges);
  std::ranges::sort(edges, {}, &WeighedEdge::key);
  std::vector<WeighedEdge> left;
  for (const auto& edge : edges) {
    if (!left.empty() && left.back().key() == edge.key()) {
      left.back().winding += edge.winding;
    } else {
      if (!left.empty() && left.back().winding == 0) left.pop_back();
      left.push_back(edge);
    }
  }
  if (!left.empty() && left.back().winding == 0) left.pop_back();
  return left;
}

/// Edges by bands of latitude, for the winding number of a place.
class Winding {
 public:
  explicit Winding(const std::vector<WeighedEdge>& edges) : bands_(std::clamp<std::size_t>(edges.size() / 4, 1, 4096)) {
    south_ = std::ranges::min(edges, {}, [](const auto& edge) { return edge.from.lat_deg; }).from.lat_deg;
    const double north = std::ranges::max(edges, {}, [](const auto& edge) { return edge.to.lat_deg; }).to.lat_deg;
    per_deg_ = static_cast<double>(bands_.size()) / std::max(north - south_, 1e-300);
    for (const auto& edge : edges) {
      for (auto b = band_of(edge.from.lat_deg); b <= band_of(edge.to.lat_deg); ++b) bands_[b].push_back(edge);
    }
  }

  [[nodiscard]] int around(LonLat place) const {
    int number = 0;
    for (const auto& [from, to, winding] : bands_[band_of(place.lat_deg)]) {
      if (from.lat_deg > place.lat_deg || to.lat_deg <= place.lat_deg) continue;
      const double left = (to.lon_deg - from.lon_deg) * (place.lat_deg - from.lat_deg) -
                          (place.lon_deg - from.lon_deg) * (to.lat_deg - from.lat_deg);
      if (left > 0) number += winding;
    }
    return number;
  }

 private:
  [[nodiscard]] std::size_t band_of(double lat_deg) const {
    const double along = std::clamp((lat_deg - south_) * per_deg_, 0.0, static_cast<double>(bands_.size() - 1));
    return static_cast<std::size_t>(along);
  }

  std::vector<std::vector<WeighedEdge>> bands_;
  double south_ = 0;
  double per_deg_ = 1;
};

/// Square metres in a square degree: the parallel's shrinks to the poles, the radii of curvature grow.
double largest_m2_per_deg2(const Line& shell) {
  using Wgs84 = GeographicLib::Constants;
  const auto [south, north] = std::ranges::minmax(shell, {}, &LonLat::lat_deg);
  const double radians = std::numbers::pi / 180;
  const double farthest = std::max(std::abs(south.lat_deg), std::abs(north.lat_deg)) * radians;
  const double nearest =
      south.lat_deg * north.lat_deg < 0 ? 0 : std::min(std::abs(south.lat_deg), std::abs(north.lat_deg)) * radians;
  const double e2 = Wgs84::WGS84_f() * (2 - Wgs84::WGS84_f());
  const double root = Wgs84::WGS84_a() / (1 - e2 * std::pow(std::sin(farthest), 2));
  return root * root * (1 - e2) * std::cos(nearest) * radians * radians;
}

std::vector<Polygon> faces_between(const Geos& geos, const std::vector<WeighedEdge>& edges) {
  std::vector<GEOSGeom_t*> lines;
  for (const auto& edge : edges) {
    auto* sequence = GEOSCoordSeq_create_r(geos.context(), 2, 2);
    GEOSCoordSeq_setXY_r(geos.context(), sequence, 0, edge.from.lon_deg, edge.from.lat_deg);
    GEOSCoordSeq_setXY_r(geos.context(), sequence, 1, edge.to.lon_deg, edge.to.lat_deg);
    lines.push_back(GEOSGeom_createLineString_r(geos.context(), sequence));
  }
  const auto all = geos.own(GEOSGeom_createCollection_r(geos.context(), GEOS_MULTILINESTRING, lines.data(),
                                                        static_cast<unsigned>(lines.size())));
  const auto noded = geos.own(GEOSUnaryUnion_r(geos.context(), all.get()));
  const GEOSGeom_t* const one = noded.get();
  const auto faces = geos.own(GEOSPolygonize_r(geos.context(), &one, 1));
  return geos.polygons_of(faces.get());
}

LonLat inside(const Geos& geos, const Polygon& face) {
  const auto polygon = geos.polygon(face);
  const auto point = geos.own(GEOSPointOnSurface_r(geos.context(), polygon.get()));
  LonLat place = face.front().front();
  GEOSGeomGetX_r(geos.context(), point.get(), &place.lon_deg);
  GEOSGeomGetY_r(geos.context(), point.get(), &place.lat_deg);
  return place;
}

double area_deg2(const std::vector<Polygon>& polygons) {
  double area = 0;
  for (const auto& polygon : polygons) area += geo::area_deg2(polygon);
  return area;
}

}  // namespace

RepairSize repair_size(const std::vector<Polygon>& given, const std::vector<Polygon>& mended) {
  const auto edges = difference(given, mended);
  if (edges.empty()) return {};
  const Geos geos;
  const Winding winding(edges);
  RepairSize size;
  double changed_deg2 = 0;
  for (const auto& face : faces_between(geos, edges)) {
    if (winding.around(inside(geos, face)) == 0) continue;
    const double face_deg2 = geo::area_deg2(face);
    const double face_m2 = face_deg2 * largest_m2_per_deg2(face.front());
    changed_deg2 += face_deg2;
    size.area_m2 += face_m2;
    size.distance_m = std::max(size.distance_m, std::sqrt(face_m2 / std::numbers::pi));
  }
  size.share = changed_deg2 / std::min(area_deg2(given), area_deg2(mended));
  return size;
}

}  // namespace kordon::geo
