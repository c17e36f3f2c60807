#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/json_node.hpp"

namespace kordon::config {

/// A background for the map, from another host.
struct Basemap {
  enum class Kind : std::uint8_t {
    raster,  ///< `url` is a template of tiles, with {z}, {x} and {y}
    style,   ///< `url` is a MapLibre style
  };
  Kind kind = Kind::raster;
  std::string url;
  std::string attribution;
  std::vector<std::string> origins;  ///< the hosts that the page may ask, the URL's first: `https://tiles.example`
};

/// The `web` of kordon.json.
struct WebConfig {
  std::filesystem::path directory;  ///< empty: no map is served
  std::optional<Basemap> basemap;
};

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
  std::string version;         ///< changes with any byte of them and with the basemap

  [[nodiscard]] const WebFile* find(std::string_view path) const;
};

/// Without a `directory` it is `web` beside the program, or `../share/kordon/web` from there, if there is one.
WebConfig read_web_config(const std::optional<Node>& node, const std::filesystem::path& named_in);

/// Reads every file of a known type in the directory and below. A file that cannot be read is a fault.
Web read_web(const WebConfig& config, Faults& faults);

}  // namespace kordon::config
