#include "geo/atlas/read_layer.hpp"

#include <fmt/format.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <mutex>

#include "geo/atlas/shapefile.hpp"

namespace kordon::geo {
namespace {

struct CloseDataset {
  void operator()(GDALDataset* dataset) const { GDALClose(dataset); }
};
using Dataset = std::unique_ptr<GDALDataset, CloseDataset>;
using Transform = std::unique_ptr<OGRCoordinateTransformation>;

/// While it lives, what GDAL complains of on this thread becomes a fault instead of a line on stderr.
class GdalComplaints {
 public:
  GdalComplaints(const std::string& file, Faults& faults) : file_(file), faults_(faults) {
    CPLPushErrorHandlerEx(&GdalComplaints::take, this);
  }
  ~GdalComplaints() { CPLPopErrorHandler(); }
  GdalComplaints(const GdalComplaints&) = delete;
  GdalComplaints& operator=(const GdalComplaints&) = delete;

 private:
  static void CPL_STDCALL take(CPLErr level, CPLErrorNum, const char* message) {
    if (level < CE_Warning) return;
    auto* self = static_cast<GdalComplaints*>(CPLGetErrorHandlerUserData());
    const Fault fault{self->file_, fmt::format("GDAL: {}", message)};
    if (self->faults_.empty() || self->faults_.back().message != fault.message) self->faults_.push_back(fault);
  }

  const std::string& file_;
  Faults& faults_;
};

Dataset open(const std::string& file, Faults& faults) {
  static std::once_flag registered;
  std::call_once(registered, [] { GDALAllRegister(); });
  // GDAL's own limit of 200 MB for one GeoJSON object is below what a country at full resolution takes.
  CPLSetThreadLocalConfigOption("OGR_GEOJSON_MAX_OBJ_SIZE", "0");
  if (!std::filesystem::exists(file)) {
    faults.push_back({file, "no such file"});
    return nullptr;
  }
  const auto before = faults.size();
  check_shapefile(file, faults);
  if (faults.size() != before) return nullptr;
  Dataset dataset(GDALDataset::Open(file.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY));
  if (!dataset && faults.size() == before) faults.push_back({file, "is not a vector file that GDAL can read"});
  return dataset;
}

/// Null with no fault added means: already WGS 84.
Transform to_wgs84(const OGRSpatialReference* crs, const std::string& file, Faults& faults) {
  if (crs == nullptr) {
    faults.push_back({file, "states no coordinate reference system (a Shapefile needs its .prj)"});
    return nullptr;
  }
  const OGRSpatialReference from(*crs);
  OGRSpatialReference wgs84;
  wgs84.importFromEPSG(4326);
  wgs84.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  if (from.IsSame(&wgs84) != 0) return nullptr;
  Transform transform(OGRCreateCoordinateTransformation(&from, &wgs84));
  if (!transform) faults.push_back({file, "its coordinate reference system cannot be transformed to WGS 84"});
  return transform;
}

/// An edge that takes the long way around the Earth: what is left of a polygon that crosses the antimeridian. Only an
/// edge from -180 to 180 degrees is meant.
bool goes_around(LonLat from, LonLat to) {
  const auto span_deg = std::abs(to.lon_deg - from.lon_deg);
  return span_deg > 180 && span_deg < 360;
}

bool read_ring(const OGRLinearRing& ring, const std::string& where, Line& line, Faults& faults) {
  const auto count = ring.getNumPoints();
  line.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    const LonLat vertex{ring.getX(i), ring.getY(i)};
    if (!Position::checked(vertex)) {
      faults.push_back({where, fmt::format("vertex ({}, {}) is not a WGS 84 longitude and latitude; is the layer's "
                                           "coordinate reference system the right one?",
                                           vertex.lon_deg, vertex.lat_deg)});
      return false;
    }
    if (!line.empty() && goes_around(line.back(), vertex)) {
      faults.push_back({where, fmt::format("has an edge from longitude {} to {}; cut polygons at the antimeridian "
                                           "(RFC 7946, section 3.1.9)",
                                           line.back().lon_deg, vertex.lon_deg)});
      return false;
    }
    if (line.empty() || line.back() != vertex) line.push_back(vertex);
  }
  if (line.size() < 4 || line.front() != line.back()) {
    faults.push_back({where, "has a ring that is not closed or has fewer than three different vertices"});
    return false;
  }
  return true;
}

void read_polygon(const OGRPolygon& polygon, Feature& feature, Faults& faults) {
  std::vector<Line> rings;
  for (const auto* ring : polygon) {
    Line line;
    if (!read_ring(*ring, feature.where, line, faults)) return;
    rings.push_back(std::move(line));
  }
  if (!rings.empty()) feature.polygons.push_back(std::move(rings));
}

/// No country lies within 180 m of where a projection counts from.
bool are_degrees(const OGRGeometry& geometry) {
  OGREnvelope extent;
  geometry.getEnvelope(&extent);
  return extent.MinX >= -180 && extent.MaxX <= 180 && extent.MinY >= -90 && extent.MaxY <= 90;
}

void read_geometry(OGRFeature& from, OGRCoordinateTransformation* transform, Feature& feature, Faults& faults) {
  auto* geometry = from.GetGeometryRef();
  if (geometry == nullptr || geometry->IsEmpty() != 0) {
    faults.push_back({feature.where, "has no geometry; expected a polygon"});
    return;
  }
  const auto type = wkbFlatten(geometry->getGeometryType());
  if (type != wkbPolygon && type != wkbMultiPolygon) {
    faults.push_back({feature.where, fmt::format("is a {}; expected a polygon", geometry->getGeometryName())});
    return;
  }
  if (transform != nullptr && transform->GetSourceCS()->IsProjected() != 0 && are_degrees(*geometry)) {
    faults.push_back({feature.where, "has degrees for coordinates, but the layer states a projection"});
    return;
  }
  if (transform != nullptr && geometry->transform(transform) != OGRERR_NONE) {
    faults.push_back({feature.where, "has vertices that cannot be transformed to WGS 84"});
    return;
  }
  if (type == wkbPolygon) {
    read_polygon(*geometry->toPolygon(), feature, faults);
    return;
  }
  for (const auto* polygon : *geometry->toMultiPolygon()) read_polygon(*polygon, feature, faults);
}

/// The attributes that name a feature; -1 where the layer has no such field.
struct NameFields {
  int id;
  int name;
};

NameFields find_fields(OGRLayer& layer, const LayerSource& source, Faults& faults) {
  const auto find = [&](const std::string& field, const char* purpose) {
    const auto index = field.empty() ? -1 : layer.GetLayerDefn()->GetFieldIndex(field.c_str());
    if (index < 0 && !field.empty()) {
      faults.push_back({source.file, fmt::format("has no field '{}' to take region {} from", field, purpose)});
    }
    return index;
  };
  return {find(source.id_field, "ids"), find(source.name_field, "names")};
}

std::string text_of(const OGRFeature& feature, int field) {
  if (field < 0 || !feature.IsFieldSetAndNotNull(field)) return {};
  return feature.GetFieldAsString(field);
}

bool check_id(const Feature& feature, const LayerSource& source, Faults& faults) {
  if (feature.id.empty()) {
    faults.push_back({feature.where, fmt::format("has no value in field '{}'", source.id_field)});
  } else if (feature.id.find('|') != std::string::npos) {
    faults.push_back({feature.where, "has '|' in its id, which stands between the two ids of a border"});
  } else {
    return true;
  }
  return false;
}

std::vector<Feature> read_features(OGRLayer& layer, const LayerSource& source, NameFields fields,
                                   OGRCoordinateTransformation* transform, Faults& faults) {
  std::vector<Feature> features;
  for (const auto& from : layer) {
    Feature feature;
    feature.id = text_of(*from, fields.id);
    feature.where = fmt::format("{}: feature {} ({})", source.file, from->GetFID(), feature.id);
    if (!check_id(feature, source, faults)) continue;
    if (!source.only.empty() && std::ranges::find(source.only, feature.id) == source.only.end()) continue;
    feature.name = text_of(*from, fields.name);
    if (feature.name.empty()) feature.name = feature.id;
    read_geometry(*from, transform, feature, faults);
    features.push_back(std::move(feature));
  }
  for (const auto& id : source.only) {
    if (std::ranges::find(features, id, &Feature::id) == features.end()) {
      faults.push_back({source.file, fmt::format("has no feature with {} '{}'", source.id_field, id)});
    }
  }
  return features;
}

}  // namespace

std::vector<Feature> read_layer(const LayerSource& source, Faults& faults) {
  const GdalComplaints complaints(source.file, faults);
  const auto before = faults.size();
  const auto dataset = open(source.file, faults);
  if (!dataset) return {};
  if (dataset->GetLayerCount() != 1) {
    faults.push_back({source.file, fmt::format("has {} layers; expected one", dataset->GetLayerCount())});
    return {};
  }
  auto& layer = *dataset->GetLayer(0);
  if (layer.GetFeatureCount() == 0) {
    faults.push_back({source.file, "has no features"});
    return {};
  }
  const auto transform = to_wgs84(layer.GetSpatialRef(), source.file, faults);
  const auto fields = find_fields(layer, source, faults);
  if (faults.size() != before) return {};
  return read_features(layer, source, fields, transform.get(), faults);
}

}  // namespace kordon::geo
