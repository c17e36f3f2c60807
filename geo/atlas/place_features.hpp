#pragma once

#include "geo/atlas/raw_feature.hpp"
#include "geo/atlas/read_layer.hpp"

namespace kordon::geo {

/// The reference system of a layer, as text for PROJ.
struct LayerCrs {
  std::string definition;  ///< WKT; empty: WGS 84 already
  std::string name;
  bool is_projected = false;
  std::optional<Extent> area_of_use;  ///< in degrees
};

/// Turns features to WGS 84 by one operation for all of them (`Transformation`), gives edges the course that the layer
/// states (densify.hpp) and cuts rings at the antimeridian (cut_at_180.hpp). `info` gets the operation with its
/// accuracy, `faults` what is refused, `warnings` what was cut and accepted.
std::vector<Feature> place_features(std::vector<RawFeature> raw, const LayerCrs& crs, const LayerSource& source,
                                    LayerInfo& info, Faults& faults, Faults& warnings);

}  // namespace kordon::geo
