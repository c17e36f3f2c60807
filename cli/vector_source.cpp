#include <fmt/format.h>

#include <atomic>

#include "cli/gdal.hpp"
#include "cli/interrupt.hpp"
#include "cli/vector_file.hpp"
#include "text/json_writer.hpp"

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
      : dataset_(std::move(dataset)), layer_(layer), name_(std::move(name)), count_(layer.GetFeatureCount(0)) {
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
    while (piece.size() < piece_bytes && !interrupted()) {
      const Feature feature(layer_.GetNextFeature());
      if (!feature) break;
      append(*feature, piece);
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

  /// What is no point, line or area keeps its type only, enough to be refused by name.
  void append_geometry(OGRGeometry* geometry, text::JsonWriter& writer) const {
    if (geometry == nullptr) {
      writer.null();
      return;
    }
    if (is_extent(*geometry) && (!transform_ || geometry->transform(transform_.get()) == OGRERR_NONE)) {
      const std::unique_ptr<char, decltype(&VSIFree)> json(geometry->exportToJson(), &VSIFree);
      writer.written(json.get());
      return;
    }
    const bool point = wkbFlatten(geometry->getGeometryType()) == wkbPoint && geometry->IsEmpty() == 0;
    writer.begin_object().key("type").text(point ? "Point" : OGRToOGCGeomType(geometry->getGeometryType()));
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
  GIntBig count_;
  std::atomic<GIntBig> read_ = 0;
};

}  // namespace

std::expected<std::unique_ptr<VectorSource>, std::string> open_vector(const std::string& name,
                                                                      const std::string& layer) {
  register_drivers();
  const Complaints complaints;
  Dataset dataset(GDALDataset::Open(name.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY));
  if (!dataset) return std::unexpected(complaints.first(name, "is not a vector file that GDAL can read"));
  auto* found = layer.empty() ? dataset->GetLayer(0) : dataset->GetLayerByName(layer.c_str());
  if (found == nullptr) return std::unexpected(fmt::format("{}: has no layer '{}'", name, layer));
  if (layer.empty() && dataset->GetLayerCount() > 1) {
    return std::unexpected(fmt::format("{}: has {} layers, name one with --layer", name, dataset->GetLayerCount()));
  }
  return std::make_unique<LayerSource>(std::move(dataset), *found, name);
}

}  // namespace kordon::cli
