#include "tests/geo/made_layer.hpp"

#include <gdal_priv.h>
#include <ogrsf_frmts.h>
#include <unistd.h>

#include <fstream>
#include <memory>
#include <stdexcept>

using namespace kordon::geo;

namespace {

void expect(bool done, const std::string& what) {
  if (!done) throw std::runtime_error(what + ": " + CPLGetLastErrorMsg());
}

struct Close {
  void operator()(GDALDataset* dataset) const { GDALClose(dataset); }
};

OGRSpatialReference crs_of(const std::string& name) {
  OGRSpatialReference crs;
  expect(crs.SetFromUserInput(name.c_str()) == OGRERR_NONE, name);
  crs.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  return crs;
}

std::unique_ptr<OGRGeometry> draw(const std::string& wkt, const std::string& crs) {
  OGRGeometry* raw = nullptr;
  expect(OGRGeometryFactory::createFromWkt(wkt.c_str(), nullptr, &raw) == OGRERR_NONE, wkt);
  std::unique_ptr<OGRGeometry> geometry(raw);
  if (crs.empty()) return geometry;
  auto from = crs_of("EPSG:4326");
  auto to = crs_of(crs);
  const std::unique_ptr<OGRCoordinateTransformation> transform(OGRCreateCoordinateTransformation(&from, &to));
  expect(geometry->transform(transform.get()) == OGRERR_NONE, "transform");
  return geometry;
}

void add(OGRLayer& layer, const DrawnFeature& drawn, const std::string& crs) {
  const std::unique_ptr<OGRFeature> feature(OGRFeature::CreateFeature(layer.GetLayerDefn()));
  if (drawn.id) feature->SetField(0, drawn.id->c_str());
  if (drawn.wkt) feature->SetGeometry(draw(*drawn.wkt, crs).get());
  expect(layer.CreateFeature(feature.get()) == OGRERR_NONE, "feature");
}

}  // namespace

TempDir::TempDir() {
  auto name = (std::filesystem::temp_directory_path() / "kordon-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp");
  path_ = name;
}

TempDir::~TempDir() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

void write_layer(const std::string& file, const std::vector<DrawnFeature>& features, const Format& format) {
  GDALAllRegister();
  auto* driver = GetGDALDriverManager()->GetDriverByName(format.driver.c_str());
  expect(driver != nullptr, format.driver);
  const std::unique_ptr<GDALDataset, Close> dataset(driver->Create(file.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
  expect(dataset != nullptr, file);
  auto crs = format.crs.empty() ? OGRSpatialReference() : crs_of(format.crs);
  const auto type = format.driver == "ESRI Shapefile" ? wkbPolygon : wkbUnknown;
  auto* layer = dataset->CreateLayer("regions", format.crs.empty() ? nullptr : &crs, type, nullptr);
  expect(layer != nullptr, file);
  OGRFieldDefn id(format.id_field.c_str(), OFTString);
  expect(layer->CreateField(&id) == OGRERR_NONE, format.id_field);
  for (const auto& feature : features) add(*layer, feature, format.crs);
}

void write_text(const std::string& file, std::string_view text) { std::ofstream(file, std::ios::binary) << text; }

void cut_short(const std::string& file, std::uintmax_t bytes) {
  std::filesystem::resize_file(file, std::filesystem::file_size(file) - bytes);
}

void overwrite(const std::string& file, std::streamoff at, std::string_view bytes) {
  std::fstream out(file, std::ios::binary | std::ios::in | std::ios::out);
  out.seekp(at);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

kordon::geo::LayerSource source_of(const std::string& file) {
  kordon::geo::LayerSource source;
  source.id = std::filesystem::path(file).stem();
  source.file = file;
  return source;
}

std::string faults_of(const std::vector<kordon::geo::LayerSource>& sources,
                      const kordon::geo::BorderAccuracy& border_accuracy_m) {
  const auto loaded = kordon::geo::load_atlas(sources, border_accuracy_m);
  std::string lines;
  if (loaded) return lines;
  for (const auto& fault : loaded.error()) lines += fault.where + ": " + fault.message + "\n";
  return lines;
}
