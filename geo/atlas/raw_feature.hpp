#pragma once

#include <optional>
#include <string>
#include <vector>

#include "geo/atlas/load_atlas.hpp"
#include "geo/atlas/transformation.hpp"

class OGRFeature;

namespace kordon::geo {

/// A feature with the coordinates of its layer's own reference system, easting or longitude first.
struct RawFeature {
  std::string where;  ///< `countries.shp: feature 3 (RU)`
  std::string id;
  std::string name;
  std::vector<std::vector<Line>> polygons;  ///< rings closed, the shell first
};

/// How coordinates are to be read before anything is known of where they lie.
struct RawCoordinates {
  bool degrees = true;   ///< else metres, or what the system has
  bool swapped = false;  ///< the file has northing or latitude first
};

/// Takes the polygons of one feature; `warnings` tell of one that has no geometry and of rings without area, left out.
/// Appended to `faults`: no geometry, curves, another type, an open ring, no ring with area, a vertex that is not
/// finite or farther out than any place on Earth is in any system (such ones are not to reach PROJ, which wraps them or
/// does not come back).
void take_polygons(const OGRFeature& from, RawCoordinates coordinates, RawFeature& feature, Faults& faults,
                   Faults& warnings);

/// Of all vertices; nothing if there are none.
std::optional<Extent> extent_of(const std::vector<RawFeature>& features);

}  // namespace kordon::geo
