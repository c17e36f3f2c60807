#include "cli/gdal.hpp"

#include <mutex>

#include "cli/vector_file.hpp"

namespace kordon::cli {

void register_drivers() {
  static std::once_flag registered;
  std::call_once(registered, [] { GDALAllRegister(); });
}

OGRSpatialReference wgs84() {
  OGRSpatialReference reference;
  reference.SetWellKnownGeogCS("WGS84");
  reference.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  return reference;
}

GDALDriver* driver_for(const std::string& name, const char* capability) {
  register_drivers();
  const auto dot = name.rfind('.');
  if (dot == std::string::npos) return nullptr;
  const auto ending = name.substr(dot + 1);
  auto* const manager = GetGDALDriverManager();
  for (int i = 0; i < manager->GetDriverCount(); ++i) {
    auto* const driver = manager->GetDriver(i);
    if (driver->GetMetadataItem(GDAL_DCAP_VECTOR) == nullptr) continue;
    if (driver->GetMetadataItem(capability) == nullptr) continue;
    const char* const endings = driver->GetMetadataItem(GDAL_DMD_EXTENSIONS);
    const CPLStringList list(CSLTokenizeString(endings != nullptr ? endings : ""));
    if (list.FindString(ending.c_str()) >= 0) return driver;
  }
  return nullptr;
}

bool is_vector_file(const std::string& name, bool to_create) {
  return driver_for(name, to_create ? GDAL_DCAP_CREATE : GDAL_DCAP_OPEN) != nullptr;
}

}  // namespace kordon::cli
