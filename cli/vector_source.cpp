#include <fmt/format.h>

#include <atomic>
#include <filesystem>

#include "batch/csv_scan.hpp"
#include "cli/gdal.hpp"
#include "cli/gpx_tracks.hpp"
#include "cli/interrupt.hpp"
#include "cli/vector_file.hpp"
#include "text/json_writer.hpp"
#include "text/number_text.hpp"

namespace kordon::cli {
namespace {

/// Of lines and areas, as WKB: as JSON they have less than a row may have.
constexpr std::size_t largest_extent_bytes = 1'500'000;

constexpr std::size_t piece_bytes = 128U << 10U;

VectorField::Type type_of(const OGRFieldDefn& field) {
  if (field.GetSubType() == OFSTBoolean) return VectorField::Type::boolean;
  if (field.GetType() == OFTInteger || field.GetType() == OFTInteger64) return VectorField::Type::integer;
  return field.GetType() == OFTReal ? VectorField::Type::real : VectorField::Type::text;
}

class LayerSource final : public VectorSource {
 public:
  LayerSource(Dataset dataset, OGRLayer& layer, std::string name)
      : dataset_(std::move(dataset)),
        layer_(layer),
        name_(std::move(name)),
        is_table_(is_table_file(name_)),
        count_(layer.GetFeatureCount(0)) {
    const auto& definition = *layer.GetLayerDefn();
    for (int i = 0; i < definition.GetFieldCount(); ++i) {
      const auto& field = *definition.GetFieldDefn(i);
      fields_.push_back({field.GetNameRef(), type_of(field)});
    }
    if (const auto* reference = layer.GetSpatialRef()) {
      const auto to = wgs84();
      OGRSpatialReference from(*reference);
      from.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
      if (from.IsSame(&to) == 0) transform_.reset(OGRCreateCoordinateTransformation(&from, &to));
    }
  }

  [[nodiscard]] const std::vector<VectorField>& fields() const override { return fields_; }

  Done read(std::string& piece) override {
    piece.clear();
    const Complaints complaints;
    CPLErrorReset();
    if (is_table_ && !begun_) append_header(piece);
    begun_ = true;
    while (piece.size() < piece_bytes && !interrupted()) {
      const Feature feature(layer_.GetNextFeature());
      if (!feature) break;
      is_table_ ? append_row(*feature, piece) : append(*feature, piece);
      ++read_;
    }
    if (!piece.empty() || CPLGetLastErrorType() < CE_Failure) return {};
    return std::unexpected(complaints.first(name_, "cannot be read on"));
  }

  [[nodiscard]] std::optional<double> share_read() const override {
    if (count_ <= 0) return std::nullopt;
    return static_cast<double>(read_.load()) / static_cast<double>(count_);
  }

 private:
  void append_header(std::string& out) const {
    for (std::size_t i = 0; i < fields_.size(); ++i) {
      if (i > 0) out += ',';
      batch::append_csv_cell(out, fields_[i].name, ',');
    }
    out += '\n';
  }

  /// A sheet's row as CSV; a row of empty cells is none.
  void append_row(OGRFeature& feature, std::string& out) const {
    bool empty = true;
    std::string row;
    for (std::size_t i = 0; i < fields_.size(); ++i) {
      if (i > 0) row += ',';
      const int field = static_cast<int>(i);
      if (!feature.IsFieldSetAndNotNull(field)) continue;
      empty = false;
      if (fields_[i].type == VectorField::Type::real) {
        text::append_shortest(row, feature.GetFieldAsDouble(field));
      } else {
        batch::append_csv_cell(row, feature.GetFieldAsString(field), ',');
      }
    }
    if (!empty) (out += row) += '\n';
  }

  void append(OGRFeature& feature, std::string& out) const {
    text::JsonWriter writer(out);
    writer.begin_object().key("type").text("Feature").key("geometry");
    append_geometry(feature.GetGeometryRef(), writer);
    writer.key("properties").begin_object();
    for (std::size_t i = 0; i < fields_.size(); ++i) {
      writer.key(fields_[i].name);
      append_value(feature, static_cast<int>(i), writer);
    }
    writer.end_object().end_object();
    out += '\n';
  }

  /// What is no point, line or area, or too large for a row, keeps its type only, enough to be refused by name.
  void append_geometry(OGRGeometry* geometry, text::JsonWriter& writer) const {
    if (geometry == nullptr) {
      writer.null();
      return;
    }
    if (is_extent(*geometry) && (!transform_ || geometry->transform(transform_.get()) == OGRERR_NONE)) {
      geometry->flattenTo2D();
      const std::unique_ptr<char, decltype(&VSIFree)> json(geometry->exportToJson(), &VSIFree);
      writer.written(json.get());
      return;
    }
    const bool point = wkbFlatten(geometry->getGeometryType()) == wkbPoint && geometry->IsEmpty() == 0;
    writer.begin_object().key("type").text(type_name(*geometry));
    if (point && (!transform_ || geometry->transform(transform_.get()) == OGRERR_NONE)) {
      const auto* at = geometry->toPoint();
      writer.key("coordinates").begin_array().number(at->getX()).number(at->getY()).end_array();
    }
    writer.end_object();
  }

  /// Whether it is a line or an area, and small enough to be answered as one.
  static bool is_extent(const OGRGeometry& geometry) {
    const auto type = wkbFlatten(geometry.getGeometryType());
    const bool line = type == wkbLineString || type == wkbMultiLineString;
    const bool area = type == wkbPolygon || type == wkbMultiPolygon;
    return (line || area) && geometry.IsEmpty() == 0 && geometry.WkbSize() <= largest_extent_bytes;
  }

  /// GeoJSON's name, of what is answered.
  static const char* type_name(const OGRGeometry& geometry) {
    switch (wkbFlatten(geometry.getGeometryType())) {
      case wkbPoint:
        return geometry.IsEmpty() == 0 ? "Point" : "POINT";
      case wkbLineString:
        return "LineString";
      case wkbMultiLineString:
        return "MultiLineString";
      case wkbPolygon:
        return "Polygon";
      case wkbMultiPolygon:
        return "MultiPolygon";
      default:
        return OGRToOGCGeomType(geometry.getGeometryType());
    }
  }

  void append_value(OGRFeature& feature, int field, text::JsonWriter& writer) const {
    if (!feature.IsFieldSetAndNotNull(field)) {
      writer.null();
      return;
    }
    switch (fields_[static_cast<std::size_t>(field)].type) {
      case VectorField::Type::integer:
        writer.integer(feature.GetFieldAsInteger64(field));
        break;
      case VectorField::Type::real:
        writer.number(feature.GetFieldAsDouble(field));
        break;
      case VectorField::Type::boolean:
        writer.boolean(feature.GetFieldAsInteger(field) != 0);
        break;
      case VectorField::Type::text:
        writer.text(feature.GetFieldAsString(field));
        break;
    }
  }

  Dataset dataset_;
  OGRLayer& layer_;
  std::string name_;
  std::vector<VectorField> fields_;
  std::unique_ptr<OGRCoordinateTransformation> transform_;
  bool is_table_;
  bool begun_ = false;
  GIntBig count_;
  std::atomic<GIntBig> read_ = 0;
};

/// Whether it has the points of other layers' lines.
bool repeats_lines(GDALDataset& dataset, OGRLayer& layer) {
  return is_gpx(dataset) && std::string_view(layer.GetName()).ends_with("_points");
}

/// The only one, or the only one with features: GPX always has five. Null: there are several.
OGRLayer* only_layer(GDALDataset& dataset) {
  if (dataset.GetLayerCount() == 1) return dataset.GetLayer(0);
  OGRLayer* only = nullptr;
  for (int i = 0; i < dataset.GetLayerCount(); ++i) {
    if (repeats_lines(dataset, *dataset.GetLayer(i)) || dataset.GetLayer(i)->GetFeatureCount(1) == 0) continue;
    if (only != nullptr) return nullptr;
    only = dataset.GetLayer(i);
  }
  return only;
}

/// `its layers are waypoints (3 features), tracks (1)`.
std::string layers_of(GDALDataset& dataset) {
  std::string text = dataset.GetLayerCount() == 0 ? "it has no layer" : "its layers are";
  for (int i = 0; i < dataset.GetLayerCount(); ++i) {
    const auto count = dataset.GetLayer(i)->GetFeatureCount(1);
    text += fmt::format("{} '{}' ({} features)", i == 0 ? "" : ",", dataset.GetLayer(i)->GetName(), count);
  }
  return text;
}

}  // namespace

bool is_table_file(const std::string& name) {
  const auto ending = std::filesystem::path(name).extension().string();
  return ending == ".xlsx" || ending == ".ods" || ending == ".XLSX" || ending == ".ODS";
}

std::expected<std::unique_ptr<VectorSource>, std::string> open_vector(const std::string& name, const std::string& layer,
                                                                      const geo::DataRules& rules) {
  geo::register_drivers();
  for (const char* option : {"OGR_XLSX_HEADERS", "OGR_ODS_HEADERS"}) CPLSetConfigOption(option, "FORCE");
  const Complaints complaints;
  auto opened = geo::open_dataset(name, rules);
  if (!opened) return std::unexpected(fmt::format("{}: {}", name, opened.error()));
  auto dataset = std::move(*opened);
  auto* found = layer.empty() ? only_layer(*dataset) : dataset->GetLayerByName(layer.c_str());
  if (found == nullptr)
    return std::unexpected(fmt::format("{}: {}{}; name one with --layer", name,
                                       layer.empty() ? "" : fmt::format("has no layer '{}'; ", layer),
                                       layers_of(*dataset)));
  if (is_gpx(*dataset) && found->GetName() == std::string_view("tracks")) {
    return make_gpx_tracks(std::move(dataset), name);
  }
  return std::make_unique<LayerSource>(std::move(dataset), *found, name);
}

}  // namespace kordon::cli
