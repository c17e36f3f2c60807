#pragma once

#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <expected>
#include <memory>
#include <new>
#include <string>
#include <string_view>

#include "geo/atlas/open_dataset.hpp"

namespace kordon::cli {

struct DestroyFeature {
  void operator()(OGRFeature* feature) const { OGRFeature::DestroyFeature(feature); }
};
using Dataset = geo::Dataset;
using Feature = std::unique_ptr<OGRFeature, DestroyFeature>;
using Done = std::expected<void, std::string>;

/// GDAL's errors on this thread: while it lives they are kept, not printed.
class GdalErrors {
 public:
  GdalErrors() { CPLPushErrorHandlerEx(&GdalErrors::take, this); }
  ~GdalErrors() { CPLPopErrorHandler(); }
  GdalErrors(const GdalErrors&) = delete;
  GdalErrors& operator=(const GdalErrors&) = delete;

  [[nodiscard]] std::string first(const std::string& file, const char* otherwise) const {
    return file + ": " + (first_.empty() ? otherwise : "GDAL: " + first_);
  }
  /// The first one, in GDAL's words; empty: there was none.
  [[nodiscard]] const std::string& first() const { return first_; }
  void forget() { first_.clear(); }

 private:
  static void CPL_STDCALL take(CPLErr level, CPLErrorNum, const char* message) {
    if (level == CE_Fatal) throw std::bad_alloc();  // GDAL would end the program after this
    auto* self = static_cast<GdalErrors*>(CPLGetErrorHandlerUserData());
    // Said of each row of a sheet that has no number, as some programs write them; such rows are read.
    if (message == std::string_view("Invalid row: 0")) return;
    if (level >= CE_Failure && self->first_.empty()) self->first_ = message;
  }

  std::string first_;
};

/// Reads features until the file has a fault: what GDAL says in the middle it may say once, and then that there are no
/// more.
class FeatureReader {
 public:
  /// `fault`: what GDAL said while the file was opened, for sheets are read whole then.
  FeatureReader(std::string file, std::string fault) : file_(std::move(file)), fault_(std::move(fault)) {}

  /// Null: there are no more of the layer, or the file has a fault. What a feature's own conversion says is no fault.
  Feature next(OGRLayer& layer) {
    const GdalErrors errors;
    Feature feature(layer.GetNextFeature());
    if (fault_.empty()) fault_ = errors.first();
    if (feature) ++count_;
    return feature;
  }

  /// To be asked once there are no more.
  [[nodiscard]] Done done() const;

 private:
  std::string file_;
  std::string fault_;
  GIntBig count_ = 0;
};

/// Longitude before latitude.
OGRSpatialReference wgs84();

/// The driver that writes files of such a name, of those in geo/atlas/drivers.hpp; null: none.
GDALDriver* driver_that_writes(const std::string& name);

}  // namespace kordon::cli
