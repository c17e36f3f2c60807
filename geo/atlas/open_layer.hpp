#pragma once

#include <expected>
#include <memory>

#include "geo/atlas/load_atlas.hpp"
#include "geo/atlas/open_dataset.hpp"
#include "geo/atlas/place_features.hpp"
#include "geo/atlas/raw_feature.hpp"

class OGRLayer;

namespace kordon::geo {

/// GDAL's errors and warnings on this thread as faults: while it lives none becomes a line on stderr.
class GdalFaults {
 public:
  GdalFaults(const std::string& file, Faults& faults);
  ~GdalFaults();
  GdalFaults(const GdalFaults&) = delete;
  GdalFaults& operator=(const GdalFaults&) = delete;

  void take(const char* message);

 private:
  const std::string& file_;
  Faults& faults_;
};

/// One layer of a file, with the attribute filter that the configuration states.
struct OpenLayer {
  Dataset dataset;
  OGRLayer* layer = nullptr;  ///< of `dataset`
  LayerCrs crs;
  RawCoordinates coordinates;
};

/// Opens a file of the layer and finds the layer in it: the one that `source.layer` names, or the only one that has
/// geometries. Null after a fault, which lists the layers that there are, and says what to do.
std::optional<OpenLayer> open_layer(const LayerSource& source, const std::string& file, Faults& faults);

}  // namespace kordon::geo
