#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/web.hpp"

namespace kordon::world {

/// A file that the service serves.
struct WebFile {
  std::string path;  ///< below the directory, with `/` between: `map/map.js`
  std::string_view content_type;
  std::string bytes;
  std::string gzip;  ///< the same compressed; empty where no `.gz` stands beside it
};

/// The map's files, all read at start: nothing else can be asked for.
struct Web {
  std::vector<WebFile> files;  ///< by path
  std::string version;         ///< changes with any byte of them, with the basemap and with who may embed

  [[nodiscard]] const WebFile* find(std::string_view path) const;
};

/// Reads every file of a known type in the directory and below. A file that cannot be read is a fault.
Web read_web(const config::WebConfig& config, Faults& faults);

}  // namespace kordon::world
