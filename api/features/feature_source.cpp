#include "api/features/feature_source.hpp"

namespace kordon::api::features {

FeatureSource regions_source() {
  return {regions_collection, {}, [](const world::World& world, evaluation::Fields&, double max_offset_deg) {
            return regions_of(world, max_offset_deg);
          }};
}

FeatureSource borders_source() {
  return {borders_collection, {}, [](const world::World& world, evaluation::Fields&, double max_offset_deg) {
            return borders_of(world, max_offset_deg);
          }};
}

FeatureSource zones_source(const world::World& world) { return {zones_collection, zone_keys(world), zones_of}; }

}  // namespace kordon::api::features
