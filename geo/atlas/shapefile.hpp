#pragma once

#include <string>

#include "geo/atlas/fault.hpp"

namespace kordon::geo {

/// Checks a Shapefile for faults that GDAL 3.6 does not report: a .shp that is cut short or has damaged records, a .shx
/// or .dbf that is missing, a .shx and .dbf with different numbers of features. Files of other kinds pass.
void check_shapefile(const std::string& file, Faults& faults);

}  // namespace kordon::geo
