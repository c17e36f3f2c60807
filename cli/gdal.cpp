#include "cli/gdal.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/vector_file.hpp"
#include "geo/atlas/drivers.hpp"

namespace kordon::cli {
namespace {

/// Whether any driver names this ending, also one that is not let read it: then it is refused by name.
bool is_known_to_gdal(const std::string& name) {
  geo::register_drivers();
  const auto ending = name.substr(std::min(name.rfind('.'), name.size() - 1) + 1);
  auto* const manager = GetGDALDriverManager();
  for (int i = 0; i < manager->GetDriverCount(); ++i) {
    auto* const driver = manager->GetDriver(i);
    if (driver->GetMetadataItem(GDAL_DCAP_VECTOR) == nullptr) continue;
    const char* const endings = driver->GetMetadataItem(GDAL_DMD_EXTENSIONS);
    const CPLStringList list(CSLTokenizeString(endings != nullptr ? endings : ""));
    if (!ending.empty() && list.FindString(ending.c_str()) >= 0) return true;
  }
  return false;
}

}  // namespace

Done FeatureReader::done() const {
  if (fault_.empty()) return {};
  return std::unexpected(
      fmt::format("{}: it cannot be read whole: {} rows were read, then GDAL said: {}", file_, count_, fault_));
}

OGRSpatialReference wgs84() {
  OGRSpatialReference reference;
  reference.SetWellKnownGeogCS("WGS84");
  reference.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  return reference;
}

GDALDriver* driver_that_writes(const std::string& name) {
  geo::register_drivers();
  const auto* const format = geo::file_format_of(name);
  if (format == nullptr) return nullptr;
  for (const auto driver_name : format->drivers) {
    auto* const driver = GetGDALDriverManager()->GetDriverByName(std::string(driver_name).c_str());
    if (driver != nullptr && driver->GetMetadataItem(GDAL_DCAP_CREATE) != nullptr) return driver;
  }
  return nullptr;
}

std::string other_reader_of(const std::string& name) {
  geo::register_drivers();
  const auto* const format = geo::file_format_of(name);
  if (format == nullptr || (format->drivers.front() != "Parquet" && format->drivers.front() != "Arrow")) return {};
  const std::string driver(format->drivers.front());
  if (GetGDALDriverManager()->GetDriverByName(driver.c_str()) != nullptr) return {};
  return " (this GDAL has no driver for " + driver +
         "; the Python package reads and writes it: kordon.tables.score_file)";
}

bool is_vector_file(const std::string& name, bool to_create) {
  return to_create ? driver_that_writes(name) != nullptr
                   : geo::file_format_of(name) != nullptr || is_known_to_gdal(name);
}

}  // namespace kordon::cli
