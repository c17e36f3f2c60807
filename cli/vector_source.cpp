#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <filesystem>

#include "batch/csv_scan.hpp"
#include "cli/gdal.hpp"
#include "cli/gpx_tracks.hpp"
#include "cli/interrupt.hpp"
#include "cli/layer_parts.hpp"
#include "cli/vector_file.hpp"
#include "geo/atlas/drivers.hpp"
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

/// Of a MultiPoint of one that point; anything else as it is.
OGRGeometry* only_point(OGRGeometry* geometry) {
  const bool many = geometry != nullptr && wkbFlatten(geometry->getGeometryType()) == wkbMultiPoint;
  auto* const points = many ? geometry->toMultiPoint() : nullptr;
  return points != nullptr && points->getNumGeometries() == 1 ? points->getGeometryRef(0) : geometry;
}

class LayerSource final : public VectorSource {
 public:
  LayerSource(Dataset dataset, std::vector<LayerPart> parts, const std::string& name, const GdalErrors& opening)
      : dataset_(std::move(dataset)), parts_(std::move(parts)), is_table_(is_table_file(name)) {
    for (const auto& part : parts_) {
      add_fields(*part.layer->GetLayerDefn());
      count_ += part.layer->GetFeatureCount(0);
      has_crs_ = has_crs_ || part.layer->GetSpatialRef() != nullptr;
    }
    for (auto& part : parts_) find_columns(part);
    reader_ = FeatureReader(name, opening.first());
  }

  [[nodiscard]] const std::vector<VectorField>& fields() const override { return fields_; }
  [[nodiscard]] bool has_crs() const override { return has_crs_; }
  [[nodiscard]] std::vector<std::string> notices() const override { return notices_; }

  Done read(std::string& piece) override {
    piece.clear();
    const GdalErrors quiet;
    if (is_table_ && !begun_) append_header(piece);
    begun_ = true;
    while (piece.size() < piece_bytes && !interrupted()) {
      const auto feature = reader_.next(*parts_[part_].layer);
      if (!feature && part_ + 1 == parts_.size()) break;
      if (!feature) {
        ++part_;
        continue;
      }
      is_table_ ? append_row(*feature, piece) : append(*feature, piece);
      ++read_;
    }
    return piece.empty() && !interrupted() ? reader_.done() : Done();
  }

  [[nodiscard]] std::optional<double> share_read() const override {
    if (count_ <= 0) return std::nullopt;
    return static_cast<double>(read_.load()) / static_cast<double>(count_);
  }

 private:
  /// A field that two layers have with different types is a text.
  void add_fields(OGRFeatureDefn& definition) {
    for (int i = 0; i < definition.GetFieldCount(); ++i) {
      const auto& field = *definition.GetFieldDefn(i);
      note_dates(field);
      const auto known = std::ranges::find(fields_, field.GetNameRef(), &VectorField::name);
      if (known == fields_.end() || parts_.size() == 1) {
        fields_.push_back({field.GetNameRef(), type_of(field)});
      } else if (known->type != type_of(field)) {
        known->type = VectorField::Type::text;
      }
    }
  }

  /// GDAL 3.6 to 3.12 take cells of the format `yyyy-mm-dd h:mm:ss`, which is openpyxl's, for dates.
  void note_dates(const OGRFieldDefn& field) {
    if (!is_table_ || field.GetType() != OFTDate) return;
    notices_.push_back(fmt::format(
        "the column `{}` was read as dates; where its cells have a time of day, GDAL has dropped it (as it does to "
        "openpyxl's `yyyy-mm-dd h:mm:ss`): format them as `yyyy-mm-dd hh:mm:ss`, or write them as text",
        field.GetNameRef()));
  }

  /// One layer may have two fields of one name.
  void find_columns(LayerPart& part) const {
    for (std::size_t i = 0; i < fields_.size(); ++i) {
      part.columns.push_back(parts_.size() == 1
                                 ? static_cast<int>(i)
                                 : part.layer->GetLayerDefn()->GetFieldIndexCaseSensitive(fields_[i].name.c_str()));
    }
  }

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
      const int field = parts_[part_].columns[i];
      if (field < 0 || !feature.IsFieldSetAndNotNull(field)) continue;
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
      append_value(feature, i, writer);
    }
    writer.end_object().end_object();
    out += '\n';
  }

  /// What is no point, line or area, or too large for a row, keeps its type only, enough to be refused by name.
  void append_geometry(OGRGeometry* whole, text::JsonWriter& writer) const {
    auto* const geometry = only_point(whole);
    if (geometry == nullptr) {
      writer.null();
      return;
    }
    auto* const transform = parts_[part_].transform.get();
    if (is_extent(*geometry) && (transform == nullptr || geometry->transform(transform) == OGRERR_NONE)) {
      geometry->flattenTo2D();
      const std::unique_ptr<char, decltype(&VSIFree)> json(geometry->exportToJson(), &VSIFree);
      writer.written(json.get());
      return;
    }
    const bool point = wkbFlatten(geometry->getGeometryType()) == wkbPoint && geometry->IsEmpty() == 0;
    writer.begin_object().key("type").text(type_name(*geometry));
    if (point && (transform == nullptr || geometry->transform(transform) == OGRERR_NONE)) {
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

  void append_value(OGRFeature& feature, std::size_t column, text::JsonWriter& writer) const {
    const int field = parts_[part_].columns[column];
    if (field < 0 || !feature.IsFieldSetAndNotNull(field)) {
      writer.null();
      return;
    }
    switch (fields_[column].type) {
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
  std::vector<LayerPart> parts_;
  std::vector<std::string> notices_;
  std::size_t part_ = 0;  ///< that is read
  FeatureReader reader_{"", ""};
  std::vector<VectorField> fields_;  ///< of all layers
  bool has_crs_ = false;
  bool is_table_;
  bool begun_ = false;
  GIntBig count_ = 0;
  std::atomic<GIntBig> read_ = 0;
};

}  // namespace

bool is_table_file(const std::string& name) {
  const auto ending = std::filesystem::path(name).extension().string();
  return ending == ".xlsx" || ending == ".ods" || ending == ".XLSX" || ending == ".ODS";
}

std::expected<std::unique_ptr<VectorSource>, std::string> open_vector(const std::string& name,
                                                                      const std::vector<std::string>& layers,
                                                                      const geo::DataRules& rules) {
  geo::register_drivers();
  for (const char* option : {"OGR_XLSX_HEADERS", "OGR_ODS_HEADERS"}) CPLSetConfigOption(option, "FORCE");
  GdalErrors errors;
  auto opened = geo::open_dataset(name, rules);
  if (!opened) return std::unexpected(fmt::format("{}: {}{}", name, opened.error(), other_reader_of(name)));
  auto dataset = std::move(*opened);
  // Of several drivers the first may have said what the one that reads the file does not mind.
  const auto drivers = geo::drivers_of(name, rules.drivers);
  if (!drivers.empty() && drivers.front() != dataset->GetDriverName()) errors.forget();
  auto parts = layer_parts(*dataset, name, layers);
  if (!parts) return std::unexpected(errors.first(name, parts.error().c_str()));
  if (is_gpx(*dataset) && parts->size() == 1 && parts->front().layer->GetName() == std::string_view("tracks")) {
    return make_gpx_tracks(std::move(dataset), name, errors);
  }
  return std::make_unique<LayerSource>(std::move(dataset), std::move(*parts), name, errors);
}

}  // namespace kordon::cli
