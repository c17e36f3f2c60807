#pragma once

#include <memory>

#include "cli/gdal.hpp"
#include "cli/vector_file.hpp"

namespace kordon::cli {

/// Whether a data set is GPX, whose tracks have their times in a layer of points.
bool is_gpx(GDALDataset& dataset);

/// The tracks of a GPX file: each a MultiLineString of its segments, with `coordTimes` where its points have times, and
/// the fields that the track has.
std::unique_ptr<VectorSource> make_gpx_tracks(Dataset dataset, const std::string& name, const GdalErrors& opening);

}  // namespace kordon::cli
