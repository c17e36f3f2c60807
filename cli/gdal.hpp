#pragma once

#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <expected>
#include <memory>
#include <string>

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

 private:
  static void CPL_STDCALL take(CPLErr level, CPLErrorNum, const char* message) {
    auto* self = static_cast<GdalErrors*>(CPLGetErrorHandlerUserData());
    if (level >= CE_Failure && self->first_.empty()) self->first_ = message;
  }

  std::string first_;
};

/// Longitude before latitude.
OGRSpatialReference wgs84();

/// The driver that writes files of such a name, of those in geo/atlas/drivers.hpp; null: none.
GDALDriver* driver_that_writes(const std::string& name);

}  // namespace kordon::cli
