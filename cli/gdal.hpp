#pragma once

#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <expected>
#include <memory>
#include <string>

namespace kordon::cli {

struct CloseDataset {
  void operator()(GDALDataset* dataset) const { GDALClose(dataset); }
};
struct DestroyFeature {
  void operator()(OGRFeature* feature) const { OGRFeature::DestroyFeature(feature); }
};
using Dataset = std::unique_ptr<GDALDataset, CloseDataset>;
using Feature = std::unique_ptr<OGRFeature, DestroyFeature>;
using Done = std::expected<void, std::string>;

/// Once for the program.
void register_drivers();

/// While it lives, what GDAL complains of on this thread is kept, not printed.
class Complaints {
 public:
  Complaints() { CPLPushErrorHandlerEx(&Complaints::take, this); }
  ~Complaints() { CPLPopErrorHandler(); }
  Complaints(const Complaints&) = delete;
  Complaints& operator=(const Complaints&) = delete;

  [[nodiscard]] std::string first(const std::string& file, const char* otherwise) const {
    return file + ": " + (first_.empty() ? otherwise : "GDAL: " + first_);
  }

 private:
  static void CPL_STDCALL take(CPLErr level, CPLErrorNum, const char* message) {
    auto* self = static_cast<Complaints*>(CPLGetErrorHandlerUserData());
    if (level >= CE_Failure && self->first_.empty()) self->first_ = message;
  }

  std::string first_;
};

/// Longitude before latitude.
OGRSpatialReference wgs84();

/// For files with such a name; null: none.
GDALDriver* driver_for(const std::string& name, const char* capability);

}  // namespace kordon::cli
