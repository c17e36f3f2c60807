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
  std::vector<std::string> embed_origins = {};  ///< of pages that may frame /embed, beside the service's own; `*`: any
};

/// Without a `directory` it is `web` beside the program, or `../share/kordon/web` from there, if there is one.
WebConfig read_web_config(const std::optional<Node>& node, const std::filesystem::path& named_in);

}  // namespace kordon::config
