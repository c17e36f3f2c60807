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

/// Reads the polygons of one layer, from all of its files. All faults are appended to `faults`, the
/// features that were cut or accepted to `warnings`, and the way of reading to `info`.
std::vector<Feature> read_layer(const LayerSource& source, LayerInfo& info, Faults& faults, Faults& warnings);

/// Every file that the layer is made of, as GDAL tells it, whatever their names' case: a VRT's sources, a table's
/// parts, a folder's files. Sorted, each once. Empty where a file cannot be opened: loading says why.
std::vector<std::string> files_of(const LayerSource& source);

}  // namespace kordon::geo
