#pragma once

#include <string>

#include "geo/atlas/fault.hpp"

namespace kordon::geo {

/// What GDAL 3.6 does not say of a Shapefile: that its .shp is cut short or its
/// records damaged, that its .shx or .dbf is missing, or that its .shx and .dbf have different
/// numbers of features and it will give only those that both have. Files of other kinds have nothing to fear.
void check_shapefile(const std::string& file, Faults& faults);

}  // namespace kordon::geo
