#pragma once

#include <vector>

#include "geo/atlas/load_atlas.hpp"

namespace kordon::geo {

/// A feature as the file has it, in WGS 84: polygons of rings, closed, shells first, not yet known to be valid.
struct Feature {
  std::string where;  ///< `countries.shp: feature 3 (RU)`
  std::string id;
  std::string name;
  std::vector<std::vector<Line>> polygons;
};

/// Reads the polygons of one OGR source. What is wrong is appended to `faults`, and everything is looked at.
std::vector<Feature> read_layer(const LayerSource& source, Faults& faults);

}  // namespace kordon::geo
