#pragma once

#include <expected>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "geo/atlas/atlas.hpp"
#include "geo/atlas/fault.hpp"

namespace kordon::geo {

/// What the configuration says of one layer.
struct LayerSource {
  std::string id;
  std::string file;               ///< any source that OGR opens; its CRS is read and transformed to WGS 84
  std::string id_field = "id";    ///< attribute that holds the region id
  std::string name_field;         ///< attribute that holds the name; empty: the id
  std::vector<std::string> only;  ///< region ids to keep; empty: all features
  std::string attribution;
  std::string licence;
  std::string source;
  double accuracy_m = 0;
};

/// A border section that differs in accuracy from the layers it is derived from, by id (`RU|UA-63`).
using BorderAccuracy = std::map<std::string, double>;

struct LoadedAtlas {
  Atlas atlas;
  Faults warnings;  ///< what was repaired (GEOS MakeValid), nothing that was guessed
};

/// Is told which layer comes next, so that one that takes for ever can be named.
using BeginLayer = std::function<void(const LayerSource&)>;

/// Reads every layer, checks it hard and derives the border sections.
///
/// Returns all faults at once, each with file and feature: a source that does not open or is cut short, no features,
/// missing id, duplicate id (within and across layers), NULL, empty or non-polygon geometry, no CRS, a CRS that cannot
/// be transformed, vertices outside WGS 84's range, invalid rings that MakeValid cannot repair without losing area, an
/// accuracy given for a border section that does not exist.
std::expected<LoadedAtlas, Faults> load_atlas(const std::vector<LayerSource>& sources,
                                              const BorderAccuracy& border_accuracy_m,
                                              const BeginLayer& begin_layer = {});

}  // namespace kordon::geo
