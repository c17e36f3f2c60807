#pragma once

#include "api/features/collection.hpp"
#include "api/features/feature_set.hpp"

namespace kordon::api::features {

/// Where the features of a collection come from; errors of its own keys go to `fields`.
struct FeatureSource {
  const Collection& collection;
  std::vector<std::string_view> own_keys;
  std::unique_ptr<FeatureSet> (*make)(const world::World& world, evaluation::Fields& fields, double max_offset_deg);
};

FeatureSource regions_source();
FeatureSource borders_source();
FeatureSource zones_source(const world::World& world);

}  // namespace kordon::api::features
