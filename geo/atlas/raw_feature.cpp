#include "geo/atlas/raw_feature.hpp"

#include <fmt/format.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <cmath>

namespace kordon::geo {
namespace {

/// Beyond all false eastings and zone prefixes that maps have: Gauss-Krueger zone 64 begins at 6.4e7 m.
constexpr double farthest_m = 1e8;
constexpr double farthest_lon_deg = 540;
constexpr double farthest_lat_deg = 90.000001;

bool is_possible(LonLat vertex, bool degrees) {
  if (!std::isfinite(vertex.lon_deg) || !std::isfinite(vertex.lat_deg)) return false;
  const double x = std::abs(vertex.lon_deg);
  const double y = std::abs(vertex.lat_deg);
  return degrees ? x <= farthest_lon_deg && y <= farthest_lat_deg : x <= farthest_m && y <= farthest_m;
}

std::string impossible(LonLat vertex, bool degrees) {
  const auto place = fmt::format("vertex ({}, {})", vertex.lon_deg, vertex.lat_deg);
  if (!std::isfinite(vertex.lon_deg) || !std::isfinite(vertex.lat_deg)) {
    return place + " is not finite: the file is damaged; fetch it again";
  }
  if (!degrees)
    return place +
           " is farther out than any map's coordinates are; the file is damaged or its reference "
           "system another one";
  const bool swapped = std::abs(vertex.lat_deg) <= 180 && std::abs(vertex.lon_deg) <= 90;
  if (swapped)
    return place +
           " is not a longitude and latitude, but would be one with its axes swapped; swap them: ogr2ogr "
           "-dialect sqlite with ST_SwapCoordinates(geometry)";
  return place +
         " is not a longitude and latitude; is the layer's coordinate reference system the right one? "
         "State the one that it is in as `crs`";
}

/// Leaves a ring that has no area empty.
bool take_ring(const OGRLinearRing& ring, RawCoordinates coordinates, const std::string& where, Line& line,
               Faults& faults) {
  const auto count = ring.getNumPoints();
  line.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    LonLat vertex{ring.getX(i), ring.getY(i)};
    if (coordinates.swapped) std::swap(vertex.lon_deg, vertex.lat_deg);
    if (!is_possible(vertex, coordinates.degrees)) {
      faults.push_back({where, impossible(vertex, coordinates.degrees)});
      return false;
    }
    if (line.empty() || line.back() != vertex) line.push_back(vertex);
  }
  if (line.size() > 2 && line.front() != line.back()) {
    faults.push_back({where,
                      "has a ring that is not closed; close it: ogr2ogr -makevalid, or repeat its first vertex "
                      "at its end"});
    return false;
  }
  if (line.size() < 4) line.clear();
  return true;
}

/// Returns how many rings without area were left out.
std::size_t take_polygon(const OGRPolygon& polygon, RawCoordinates coordinates, RawFeature& feature, Faults& faults) {
  std::vector<Line> rings;
  std::size_t dropped = 0;
  for (const auto* ring : polygon) {
    Line line;
    if (!take_ring(*ring, coordinates, feature.where, line, faults)) return 0;
    if (line.empty() && rings.empty()) return 1;
    if (line.empty()) {
      ++dropped;
    } else {
      rings.push_back(std::move(line));
    }
  }
  if (!rings.empty()) feature.polygons.push_back(std::move(rings));
  return dropped;
}

std::string not_polygons(const OGRGeometry& geometry) {
  const auto is = fmt::format("is a {}; expected a polygon", geometry.getGeometryName());
  const auto type = wkbFlatten(geometry.getGeometryType());
  if (type == wkbCurvePolygon || type == wkbMultiSurface) {
    return is + " with straight edges: ogr2ogr -nlt CONVERT_TO_LINEAR straight.gpkg <file>";
  }
  if (type == wkbGeometryCollection) return is + ": ogr2ogr -nlt MULTIPOLYGON -skipfailures polygons.gpkg <file>";
  return is + ", so name another layer or leave it out with `where`";
}

}  // namespace

void take_polygons(const OGRFeature& from, RawCoordinates coordinates, RawFeature& feature, Faults& faults,
                   Faults& warnings) {
  const auto before = faults.size();
  std::size_t dropped = 0;
  const auto* geometry = from.GetGeometryRef();
  if (geometry == nullptr || geometry->IsEmpty() != 0) {
    warnings.push_back({feature.where, "has no geometry and is left out"});
    return;
  }
  const auto type = wkbFlatten(geometry->getGeometryType());
  if (type == wkbPolygon) {
    dropped = take_polygon(*geometry->toPolygon(), coordinates, feature, faults);
  } else if (type == wkbMultiPolygon) {
    for (const auto* polygon : *geometry->toMultiPolygon()) {
      dropped += take_polygon(*polygon, coordinates, feature, faults);
    }
  } else {
    faults.push_back({feature.where, not_polygons(*geometry)});
  }
  if (faults.size() != before || dropped == 0) return;
  if (feature.polygons.empty()) {
    faults.push_back({feature.where, "has no ring with three different vertices"});
  } else {
    warnings.push_back({feature.where, fmt::format("{} of its rings {} no area and {} left out", dropped,
                                                   dropped == 1 ? "has" : "have", dropped == 1 ? "is" : "are")});
  }
}

std::optional<Extent> extent_of(const std::vector<RawFeature>& features) {
  std::optional<Extent> extent;
  for (const auto& feature : features) {
    for (const auto& polygon : feature.polygons) {
      for (const auto [x, y] : polygon.front()) {
        if (!extent) extent = Extent{x, y, x, y};
        *extent = {std::min(extent->min_x, x), std::min(extent->min_y, y), std::max(extent->max_x, x),
                   std::max(extent->max_y, y)};
      }
    }
  }
  return extent;
}

}  // namespace kordon::geo
