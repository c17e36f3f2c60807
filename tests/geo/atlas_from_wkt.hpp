#pragma once

#include <string>
#include <vector>

#include "geo/atlas/atlas.hpp"

struct WktRegion {
  std::string id;
  std::string wkt;
};

/// Regions as drawn, made valid-and-oriented by the loader's own check, with their topology derived.
kordon::geo::Atlas atlas_from_wkt(const std::vector<WktRegion>& regions);
