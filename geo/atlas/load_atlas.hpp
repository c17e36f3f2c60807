#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "geo/atlas/atlas.hpp"
#include "geo/atlas/fault.hpp"
#include "geo/atlas/open_dataset.hpp"

namespace kordon::geo {

/// Course of an edge between its two vertices.
enum class Edges : std::uint8_t {
  planar,     ///< straight in the layer's own reference system
  geodesic,   ///< the shortest line on WGS 84
  spherical,  ///< a great circle, latitudes taken as those of a sphere
};

/// Settings of one layer in the configuration; or what policies ask to be made of all layers.
struct LayerSource {
  std::string id;
  std::string file;                              ///< in a format of drivers.hpp
  std::vector<std::string> more_files;           ///< of the same layer, read after it
  std::string layer;                             ///< of a file that has several; empty: its only one
  std::string where;                             ///< OGR attribute filter; empty: all features
  std::string crs;                               ///< in the place of the one that the files state: `EPSG:25832`
  std::string id_field = "id";                   ///< attribute that holds the region id
  std::string id_template;                       ///< made of attributes instead: `DE-{NUTS_ID}`
  std::string name_field;                        ///< attribute that holds the name; empty: the id
  bool dissolve = false;                         ///< features of one id become one region
  std::vector<std::vector<std::string>> unions;  ///< no file: regions made of regions of other layers, `A+B` of A and B
  std::vector<std::string> lines;                ///< no file: coasts and boundaries of regions, `A|` and `A|*`
  std::vector<std::string> only;  ///< region ids to keep, before anything else of a feature is looked at; empty: all
  std::string attribution;
  std::string licence;
  std::string source;
  double accuracy_m = 0;
  Edges edges = Edges::planar;
  std::optional<double> match_tolerance_m;    ///< 0: off; absent: see `match_tolerance_m_of`
  std::optional<double> repair_tolerance_m;   ///< absent: the accuracy, but at least `least_repair_tolerance_m`
  std::optional<double> ballpark_accuracy_m;  ///< take the layer unshifted where no datum shift is known
  DataRules rules;                            ///< what GDAL may do to open it
};

/// Neighbours are matched within the accuracy of their lines, but not farther than streets lie apart, and always within
/// what coordinates are rounded to.
inline constexpr double least_match_tolerance_m = 0.5;
inline constexpr double largest_default_match_m = 50;
double match_tolerance_m_of(const LayerSource& source);

inline constexpr double least_repair_tolerance_m = 100;

/// A border section that differs in accuracy from the layers it is derived from, by id (`RU|UA-63`).
using BorderAccuracy = std::map<std::string, double>;

struct LoadedAtlas {
  Atlas atlas;
  Faults warnings;  ///< what was repaired, cut, moved or left unshared; nothing that was guessed
};

/// Is told which layer comes next, so that one that takes for ever can be named.
using BeginLayer = std::function<void(const LayerSource&)>;

/// Reads every layer, checks it hard, matches neighbours (`match_neighbours`) and derives the border sections.
///
/// A region's accuracy is its layer's and the datum operation's, in square, and what a repair or matching moved added.
/// Returns all faults at once, each with file and feature: a source that does not open or is cut short, no features,
/// missing id, duplicate id (within and across layers), NULL, empty or non-polygon geometry, no CRS, a CRS that cannot
/// be transformed or without a known datum shift, vertices outside its domain, invalid rings that MakeValid cannot
/// repair within the layer's tolerance, an accuracy given for a border section that does not exist.
std::expected<LoadedAtlas, Faults> load_atlas(const std::vector<LayerSource>& sources,
                                              const BorderAccuracy& border_accuracy_m,
                                              const BeginLayer& begin_layer = {});

}  // namespace kordon::geo
