#include <cpl_json.h>
#include <fcntl.h>

#include <algorithm>
#include <filesystem>

#include "batch/row_keys.hpp"
#include "cli/gdal.hpp"
#include "cli/replace_file.hpp"
#include "cli/vector_file.hpp"
#include "server/descriptor.hpp"

namespace kordon::cli {
namespace {

constexpr GIntBig features_of_a_transaction = 50'000;

OGRFieldType field_type(VectorField::Type type) {
  switch (type) {
    case VectorField::Type::integer:
      return OFTInteger64;
    case VectorField::Type::real:
      return OFTReal;
    case VectorField::Type::boolean:
      return OFTInteger;
    case VectorField::Type::text:
      break;
  }
  return OFTString;
}

/// `["UA","UA-63"]` as `UA;UA-63`, an error as `code: message`, anything else as its JSON.
std::string text_of(const CPLJSONObject& value) {
  if (value.GetType() == CPLJSONObject::Type::Array && value.GetName() == "regions") {
    std::string list;
    for (const auto& item : value.ToArray()) {
      if (!list.empty()) list += ';';
      list += item.ToString();
    }
    return list;
  }
  if (value.GetType() == CPLJSONObject::Type::Object && value.GetName() == "error") {
    return value.GetString("code") + ": " + value.GetString("message");
  }
  return value.GetType() == CPLJSONObject::Type::String ? value.ToString()
                                                        : value.Format(CPLJSONObject::PrettyFormat::Plain);
}

class LayerSink final : public Sink {
 public:
  LayerSink(std::filesystem::path folder, std::filesystem::path target, std::vector<VectorField> fields)
      : folder_(std::move(folder)),
        target_(std::move(target)),
        fields_(std::move(fields)),
        fields_given_(!fields_.empty()) {}

  ~LayerSink() override {
    dataset_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  Done create(GDALDriver& driver) {
    const GdalErrors gdal_errors;
    const auto file = (folder_ / target_.filename()).string();
    dataset_.reset(driver.Create(file.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
    auto reference = wgs84();
    CPLStringList options;
    // Its spatial index would put the rows in another order, and it drops those without a geometry.
    needs_place_ = driver.GetDescription() == std::string_view("FlatGeobuf");
    if (needs_place_) options.SetNameValue("SPATIAL_INDEX", "NO");
    if (dataset_) layer_ = dataset_->CreateLayer(target_.stem().c_str(), &reference, wkbPoint, options.List());
    if (layer_ == nullptr) return std::unexpected(gdal_errors.first(target_.string(), "cannot be created"));
    return {};
  }

  Done write(std::string_view text) override {
    const GdalErrors gdal_errors;
    while (!text.empty()) {
      const auto line = text.substr(0, text.find('\n'));
      text.remove_prefix(std::min(line.size() + 1, text.size()));
      CPLJSONDocument document;
      const auto json = std::string(line.substr(line.find('{')));
      if (!document.LoadMemory(json)) return std::unexpected(gdal_errors.first(target_.string(), "a row is no JSON"));
      if (needs_place_ && document.GetRoot().GetObj("geometry").GetType() == CPLJSONObject::Type::Null) {
        return std::unexpected(target_.string() + ": this format cannot hold rows in error that have no position");
      }
      const auto type = document.GetRoot().GetString("geometry/type", "Point");
      if (type != "Point") {
        return std::unexpected(target_.string() + ": a row is a " + type +
                               ", and points alone are written in this format; write .geojson, .geojsonl or .ndjson");
      }
      if (!add(document.GetRoot())) {
        return std::unexpected(gdal_errors.first(target_.string(), "a feature cannot be written"));
      }
    }
    return {};
  }

  Done commit() override {
    const GdalErrors gdal_errors;
    CPLErrorReset();
    const bool good = !in_transaction_ || dataset_->CommitTransaction() == OGRERR_NONE;
    dataset_->FlushCache();
    dataset_.reset();
    if (!good || CPLGetLastErrorType() >= CE_Failure) {
      return std::unexpected(gdal_errors.first(target_.string(), "cannot be finished"));
    }
    // What carries the name itself comes last: where it is, the rest is there too.
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder_)) files.push_back(entry.path());
    std::ranges::partition(files, [&](const auto& file) { return file.filename() != target_.filename(); });
    for (const auto& file : files) {
      const auto place = target_.parent_path() / file.filename();
      const server::Descriptor made(open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
      if (const auto fitted = fit_to_place(made.get(), place); !fitted) return fitted;
      std::filesystem::rename(file, place);
    }
    return {};
  }

 private:
  bool add(const CPLJSONObject& feature) {
    const auto properties = feature.GetObj("properties");
    const auto id = feature.GetObj("id");
    if (!defined_ && !define_fields(id, properties)) return false;
    if (!in_transaction_) in_transaction_ = dataset_->StartTransaction() == OGRERR_NONE;
    const Feature made(OGRFeature::CreateFeature(layer_->GetLayerDefn()));
    for (const auto& value : properties.GetChildren()) set(*made, value);
    if (id.IsValid()) set(*made, id);
    const auto coordinates = feature.GetArray("geometry/coordinates");
    if (coordinates.IsValid() && coordinates.Size() >= 2) {
      OGRPoint point(coordinates[0].ToDouble(), coordinates[1].ToDouble());
      made->SetGeometry(&point);
    }
    if (layer_->CreateFeature(made.get()) != OGRERR_NONE) return false;
    if (++written_ % features_of_a_transaction != 0 || !in_transaction_) return true;
    in_transaction_ = false;
    return dataset_->CommitTransaction() == OGRERR_NONE;
  }

  bool define_fields(const CPLJSONObject& id, const CPLJSONObject& properties) {
    defined_ = true;
    const bool integer = id.GetType() == CPLJSONObject::Type::Integer || id.GetType() == CPLJSONObject::Type::Long;
    if (id.IsValid()) fields_.push_back({"id", integer ? VectorField::Type::integer : VectorField::Type::text});
    if (!fields_given_) {
      for (const auto& value : properties.GetChildren()) fields_.push_back({value.GetName(), type_of_value(value)});
    }
    for (const auto name : batch::answer_names) {
      std::erase_if(fields_, [&](const VectorField& field) { return field.name == name; });
      const bool text = name == "verdict" || name == "regions" || name == "error";
      fields_.push_back({std::string(name), text ? VectorField::Type::text : VectorField::Type::real});
    }
    for (const auto& field : fields_) {
      OGRFieldDefn definition(field.name.c_str(), field_type(field.type));
      if (field.type == VectorField::Type::boolean) definition.SetSubType(OFSTBoolean);
      if (layer_->CreateField(&definition) != OGRERR_NONE) return false;
    }
    return true;
  }

  static VectorField::Type type_of_value(const CPLJSONObject& value) {
    using Type = CPLJSONObject::Type;
    const auto type = value.GetType();
    if (type == Type::Boolean) return VectorField::Type::boolean;
    const bool number = type == Type::Integer || type == Type::Long || type == Type::Double;
    return number ? VectorField::Type::real : VectorField::Type::text;
  }

  /// Fields are found by their place in the list: a format may shorten their names.
  void set(OGRFeature& feature, const CPLJSONObject& value) const {
    const auto found = std::ranges::find(fields_, value.GetName(), &VectorField::name);
    if (found == fields_.end() || value.GetType() == CPLJSONObject::Type::Null) return;
    const int field = static_cast<int>(found - fields_.begin());
    switch (found->type) {
      case VectorField::Type::integer:
        feature.SetField(field, static_cast<GIntBig>(value.ToLong()));
        break;
      case VectorField::Type::real:
        feature.SetField(field, value.ToDouble());
        break;
      case VectorField::Type::boolean:
        feature.SetField(field, value.ToBool() ? 1 : 0);
        break;
      case VectorField::Type::text:
        feature.SetField(field, text_of(value).c_str());
        break;
    }
  }

  std::filesystem::path folder_;
  std::filesystem::path target_;
  std::vector<VectorField> fields_;
  bool fields_given_;
  Dataset dataset_;
  OGRLayer* layer_ = nullptr;
  bool needs_place_ = false;
  bool defined_ = false;
  bool in_transaction_ = false;
  GIntBig written_ = 0;
};

}  // namespace

std::expected<std::unique_ptr<Sink>, std::string> create_vector(const std::string& name,
                                                                std::vector<VectorField> fields) {
  auto* const driver = driver_that_writes(name);
  if (driver == nullptr) return std::unexpected(name + ": no format is written to a file of this name");
  const auto target = std::filesystem::absolute(name);
  std::string folder = target.string() + ".part-XXXXXX";
  if (mkdtemp(folder.data()) == nullptr) return std::unexpected(name + ": its folder cannot be written to");
  auto sink = std::make_unique<LayerSink>(folder, target, std::move(fields));
  if (auto created = sink->create(*driver); !created) return std::unexpected(created.error());
  return sink;
}

}  // namespace kordon::cli
