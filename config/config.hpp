#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "config/server_config.hpp"
#include "config/web.hpp"
#include "geo/atlas/load_atlas.hpp"

namespace kordon::config {

/// kordon.json, checked. Paths are resolved against the file that names them.
struct Config {
  std::filesystem::path file;
  std::vector<geo::LayerSource> layers;
  geo::BorderAccuracy border_accuracy_m;
  std::string border_accuracy_note;          ///< what the figures are
  std::vector<std::string> accept_unshared;  ///< sections that policies may name although something of them is unshared
  std::filesystem::path index_file;          ///< where the index is kept between starts; empty: nowhere
  std::vector<std::filesystem::path> policies;
  geo::DataRules data;  ///< what GDAL may do beyond reading files that hold their own data
  ServerConfig server;
  WebConfig web;
};

/// Reads kordon.json (kordon.schema.json states its form) and checks that every file it names exists and that layer
/// ids are distinct. Every fault is appended, each with file and key path; after one the result is not whole.
Config read_config(const std::filesystem::path& file, Faults& faults);

}  // namespace kordon::config
