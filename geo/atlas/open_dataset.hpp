#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <string>
#include <vector>

class GDALDataset;

namespace kordon::geo {

/// Permissions that a configuration gives GDAL beyond files that hold their own data.
struct DataRules {
  std::vector<std::string> drivers;  ///< to try on any file beside those of its ending: `OGR_VRT`, `PostgreSQL`
  bool network = false;
};

struct CloseDataset {
  void operator()(GDALDataset* dataset) const;
};
using Dataset = std::unique_ptr<GDALDataset, CloseDataset>;

/// Most bytes of an unpacked archive; 64 MB of KML take some 700 MB while they are read.
inline constexpr std::uint64_t most_unpacked_bytes = 64U << 20U;

/// Opens a local file or folder for reading, with the drivers of its ending alone (drivers.hpp): GDAL would go by the
/// content, and a file named .gpkg may be a virtual data set that names any other file or address. Refused are, too, a
/// database whose schema computes or names other files (sql_schema.hpp); a MapInfo table that is a view of others; and
/// an archive that is too large unpacked or has too many members. XML names nothing outside its file. The error is one
/// sentence without the file's name; what GDAL says goes to its error handler.
std::expected<Dataset, std::string> open_dataset(const std::string& file, const DataRules& rules);

/// Once for the process, before any other use of GDAL.
void register_drivers();

}  // namespace kordon::geo
