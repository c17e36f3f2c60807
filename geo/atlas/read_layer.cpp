#include "geo/atlas/read_layer.hpp"

#include <fmt/format.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <map>

#include "geo/atlas/open_layer.hpp"
#include "geo/atlas/place_features.hpp"
#include "geo/atlas/raw_feature.hpp"
#include "geo/atlas/region_ids.hpp"

namespace kordon::geo {
namespace {

bool is_wanted(const LayerSource& source, const std::string& id) {
  return source.only.empty() || std::ranges::find(source.only, id) != source.only.end();
}

bool check_id(const RawFeature& feature, const LayerSource& source, Faults& faults) {
  if (feature.id.empty()) {
    const auto& from = source.id_template.empty() ? source.id_field : source.id_template;
    faults.push_back({feature.where, fmt::format("has no value in field '{}' for its id; leave it out with `where` or "
                                                 "`only`, or make ids from other fields with `id_template`",
                                                 from)});
  } else if (feature.id.find('|') != std::string::npos) {
    faults.push_back({feature.where, "has '|' in its id, which stands between the two ids of a border"});
  } else {
    return true;
  }
  return false;
}

std::vector<RawFeature> read_features(OpenLayer& opened, const RegionIds& ids, const LayerSource& source,
                                      const std::string& file, Faults& faults, Faults& warnings) {
  std::vector<RawFeature> features;
  for (const auto& from : *opened.layer) {
    RawFeature feature;
    feature.id = ids.id_of(*from);
    if (!is_wanted(source, feature.id)) continue;
    feature.where = fmt::format("{}: feature {} ({})", file, from->GetFID(), feature.id);
    if (!check_id(feature, source, faults)) continue;
    feature.name = ids.name_of(*from);
    take_polygons(*from, opened.coordinates, feature, faults, warnings);
    features.push_back(std::move(feature));  // also without polygons: its id is taken
  }
  return features;
}

/// Features of one id become one, in the place of the first.
void dissolve(std::vector<Feature>& features) {
  std::map<std::string, std::size_t> first;
  std::vector<Feature> whole;
  for (auto& feature : features) {
    const auto [at, added] = first.try_emplace(feature.id, whole.size());
    if (added) {
      whole.push_back(std::move(feature));
      continue;
    }
    for (auto& polygon : feature.polygons) whole[at->second].polygons.push_back(std::move(polygon));
  }
  features = std::move(whole);
}

void read_file(const LayerSource& source, const std::string& file, LayerInfo& info, std::vector<Feature>& features,
               Faults& faults, Faults& warnings) {
  const GdalFaults gdal_faults(file, faults);
  auto opened = open_layer(source, file, faults);
  if (!opened) return;
  if (opened->layer->GetFeatureCount() == 0) {
    const auto filter = source.where.empty() ? "" : " where " + source.where;
    faults.push_back({file, "has no features" + filter});
    return;
  }
  const auto before = faults.size();
  const auto ids = RegionIds::find(*opened->layer, source, file, faults);
  if (faults.size() != before) return;
  info.crs = opened->crs.name;
  auto raw = read_features(*opened, *ids, source, file, faults, warnings);
  opened->dataset.reset();
  LayerInfo of_file = info;
  of_file.file = file;
  for (auto& feature : place_features(std::move(raw), opened->crs, source, of_file, faults, warnings)) {
    features.push_back(std::move(feature));
  }
  info.crs = of_file.crs;
  info.operation = of_file.operation;
  info.operation_accuracy_m = std::max(info.operation_accuracy_m, of_file.operation_accuracy_m);
}

}  // namespace

std::vector<Feature> read_layer(const LayerSource& source, LayerInfo& info, Faults& faults, Faults& warnings) {
  std::vector<Feature> features;
  const auto before = faults.size();
  read_file(source, source.file, info, features, faults, warnings);
  for (const auto& file : source.more_files) read_file(source, file, info, features, faults, warnings);
  if (faults.size() == before) {
    for (const auto& id : source.only) {
      if (std::ranges::find(features, id, &Feature::id) != features.end()) continue;
      faults.push_back({info.file, fmt::format("has no feature with id '{}'", id)});
    }
  }
  const bool any = std::ranges::any_of(features, [](const Feature& feature) { return !feature.polygons.empty(); });
  if (faults.size() == before && !any) faults.push_back({info.file, "has no feature with a polygon"});
  if (source.dissolve) dissolve(features);
  return features;
}

}  // namespace kordon::geo
