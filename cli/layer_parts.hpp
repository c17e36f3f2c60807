#pragma once

#include <expected>
#include <memory>
#include <string>
#include <vector>

#include "cli/gdal.hpp"

namespace kordon::cli {

/// One layer of those of a file that are read, one after the other.
struct LayerPart {
  OGRLayer* layer;
  std::unique_ptr<OGRCoordinateTransformation> transform;  ///< null: the layer is in WGS 84, or says nothing
  std::vector<int> columns = {};                           ///< by field of all layers its own one, or -1
};

/// The layers of these names, each with its way to WGS 84. Without names the only one, those of a KML, or the only one
/// with features; else the fault lists what there is.
std::expected<std::vector<LayerPart>, std::string> layer_parts(GDALDataset& dataset, const std::string& file,
                                                               const std::vector<std::string>& names);

}  // namespace kordon::cli
