#include "geo/atlas/region_ids.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <ogrsf_frmts.h>

namespace kordon::geo {
namespace {

std::vector<std::string> field_names(OGRLayer& layer) {
  std::vector<std::string> names;
  const auto* definition = layer.GetLayerDefn();
  for (int i = 0; i < definition->GetFieldCount(); ++i) names.emplace_back(definition->GetFieldDefn(i)->GetNameRef());
  return names;
}

std::string text_of(const OGRFeature& feature, int field) {
  if (field < 0 || !feature.IsFieldSetAndNotNull(field)) return {};
  return feature.GetFieldAsString(field);
}

}  // namespace

std::optional<RegionIds> RegionIds::find(OGRLayer& layer, const LayerSource& source, const std::string& file,
                                         Faults& faults) {
  RegionIds ids;
  const auto before = faults.size();
  const auto find_field = [&](const std::string& name, const char* purpose) {
    const auto index = layer.GetLayerDefn()->GetFieldIndex(name.c_str());
    if (index < 0) {
      faults.push_back({file, fmt::format("has no field '{}' to take region {} from; it has: {}", name, purpose,
                                          fmt::join(field_names(layer), ", "))});
    }
    return index;
  };
  if (!source.name_field.empty()) ids.name_ = find_field(source.name_field, "names");
  const auto pattern = source.id_template.empty() ? "{" + source.id_field + "}" : source.id_template;
  for (std::size_t at = 0; at < pattern.size();) {
    const auto open = pattern.find('{', at);
    if (open != at) ids.pieces_.push_back({pattern.substr(at, open - at)});
    if (open == std::string::npos) break;
    const auto close = pattern.find('}', open);
    if (close == std::string::npos) {
      faults.push_back({file, fmt::format("id template '{}' has no '}}' after its '{{'", pattern)});
      break;
    }
    ids.pieces_.push_back({{}, find_field(pattern.substr(open + 1, close - open - 1), "ids")});
    at = close + 1;
  }
  if (faults.size() != before) return std::nullopt;
  return ids;
}

std::string RegionIds::id_of(const OGRFeature& feature) const {
  std::string id;
  for (const auto& [text, field] : pieces_) {
    const auto piece = field < 0 ? text : text_of(feature, field);
    if (piece.empty()) return {};
    id += piece;
  }
  return id;
}

std::string RegionIds::name_of(const OGRFeature& feature) const {
  auto name = text_of(feature, name_);
  return name.empty() ? id_of(feature) : name;
}

}  // namespace kordon::geo
