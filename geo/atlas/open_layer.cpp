#include "geo/atlas/open_layer.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <array>
#include <filesystem>

#include "geo/atlas/shapefile.hpp"

namespace kordon::geo {
namespace {

void CPL_STDCALL take_error(CPLErr level, CPLErrorNum, const char* message) {
  if (level >= CE_Warning) static_cast<GdalFaults*>(CPLGetErrorHandlerUserData())->take(message);
}

/// Styles that QGIS keeps in a GeoPackage, and tables without geometries, are no layers of borders.
bool has_shapes(OGRLayer& layer) {
  return layer.GetGeomType() != wkbNone && std::string_view(layer.GetName()) != "layer_styles";
}

std::vector<std::string> layers_of(GDALDataset& dataset) {
  std::vector<std::string> names;
  for (auto* layer : dataset.GetLayers()) {
    if (has_shapes(*layer)) names.emplace_back(layer->GetName());
  }
  return names;
}

OGRLayer* choose_layer(GDALDataset& dataset, const LayerSource& source, const std::string& file, Faults& faults) {
  if (!source.layer.empty()) {
    auto* layer = dataset.GetLayerByName(source.layer.c_str());
    if (layer != nullptr) return layer;
    faults.push_back(
        {file, fmt::format("has no layer '{}'; it has: {}", source.layer, fmt::join(layers_of(dataset), ", "))});
    return nullptr;
  }
  const auto names = layers_of(dataset);
  if (names.size() == 1) return dataset.GetLayerByName(names.front().c_str());
  if (names.empty() && dataset.GetLayerCount() == 1) return dataset.GetLayer(0);
  faults.push_back({file, fmt::format("has {} layers; name one as `layer`: {}", names.size(), fmt::join(names, ", "))});
  return nullptr;
}

/// The order that drawings have, where the file has the authority's: northing or latitude first.
bool is_swapped(const OGRSpatialReference& crs) {
  OGRSpatialReference usual(crs);
  usual.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  return usual.GetDataAxisToSRSAxisMapping() != crs.GetDataAxisToSRSAxisMapping();
}

bool read_crs(const OGRSpatialReference& crs, const std::string& file, OpenLayer& opened, Faults& faults) {
  OGRSpatialReference wgs84;
  wgs84.importFromEPSG(4326);
  wgs84.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  opened.coordinates = {crs.IsProjected() == 0, is_swapped(crs)};
  OGRSpatialReference usual(crs);
  usual.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  opened.crs.is_projected = crs.IsProjected() != 0;
  opened.crs.name = crs.GetName() != nullptr ? crs.GetName() : "unnamed";
  if (usual.IsSame(&wgs84) != 0) return true;
  char* wkt = nullptr;
  const std::array<const char*, 2> options{"FORMAT=WKT2_2019", nullptr};
  const bool exported = crs.exportToWkt(&wkt, options.data()) == OGRERR_NONE && wkt != nullptr;
  if (exported) opened.crs.definition = wkt;
  CPLFree(wkt);
  if (!exported) faults.push_back({file, "has a coordinate reference system that cannot be read; state it as `crs`"});
  double west = 0;
  double south = 0;
  double east = 0;
  double north = 0;
  if (crs.GetAreaOfUse(&west, &south, &east, &north, nullptr) && west >= -180) {
    opened.crs.area_of_use = Extent{west, south, east, north};
  }
  return exported;
}

/// What the file states, or what the configuration states in its place.
bool find_crs(const LayerSource& source, const std::string& file, OpenLayer& opened, Faults& faults) {
  if (source.crs.empty()) {
    const auto* stated = opened.layer->GetSpatialRef();
    if (stated != nullptr) return read_crs(*stated, file, opened, faults);
    faults.push_back({file,
                      "states no coordinate reference system (a Shapefile has it in its .prj); state the one that "
                      "it is in as `crs`: EPSG:4326"});
    return false;
  }
  OGRSpatialReference crs;
  crs.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  if (crs.SetFromUserInput(source.crs.c_str(), OGRSpatialReference::SET_FROM_USER_INPUT_LIMITATIONS) == OGRERR_NONE) {
    return read_crs(crs, file, opened, faults);
  }
  faults.push_back({file, fmt::format("crs '{}' is none that PROJ knows; expected an EPSG code or WKT", source.crs)});
  return false;
}

}  // namespace

GdalFaults::GdalFaults(const std::string& file, Faults& faults) : file_(file), faults_(faults) {
  CPLPushErrorHandlerEx(&take_error, this);
}

GdalFaults::~GdalFaults() { CPLPopErrorHandler(); }

void GdalFaults::take(const char* message) {
  const Fault fault{file_, fmt::format("GDAL: {}", message)};
  if (faults_.empty() || faults_.back().message != fault.message) faults_.push_back(fault);
}

std::optional<OpenLayer> open_layer(const LayerSource& source, const std::string& file, Faults& faults) {
  // GDAL's own limit of 200 MB for one GeoJSON object is below what a country at full resolution takes.
  CPLSetThreadLocalConfigOption("OGR_GEOJSON_MAX_OBJ_SIZE", "0");
  const auto before = faults.size();
  if (std::filesystem::exists(file)) check_shapefile(file, faults);
  if (faults.size() != before) return std::nullopt;
  auto dataset = open_dataset(file, source.rules);
  if (!dataset) {
    if (faults.size() == before) faults.push_back({file, dataset.error()});
    return std::nullopt;
  }
  OpenLayer opened{std::move(*dataset), nullptr, {}, {}};
  opened.layer = choose_layer(*opened.dataset, source, file, faults);
  if (opened.layer == nullptr || !find_crs(source, file, opened, faults)) return std::nullopt;
  if (!source.where.empty() && opened.layer->SetAttributeFilter(source.where.c_str()) != OGRERR_NONE) {
    faults.push_back({file, fmt::format("where '{}' is no filter of its attributes (OGR SQL: ISO_A3 = 'CHE' AND "
                                        "LEVEL <= 2)",
                                        source.where)});
    return std::nullopt;
  }
  return opened;
}

}  // namespace kordon::geo
