#pragma once

#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "cartography/maps.hpp"
#include "config/config.hpp"
#include "geo/atlas/atlas.hpp"
#include "geo/index_file.hpp"
#include "policy/policy.hpp"
#include "world/tokens.hpp"
#include "world/web_files.hpp"

namespace kordon::world {

/// Everything that answers rest on: loaded, verified whole, then const. A reload makes another one.
struct World {
  World(config::Config the_config, geo::IndexedAtlas indexed);

  config::Config config;
  geo::Atlas atlas;
  geo::Index index;
  cartography::Maps maps;
  std::vector<geo::Target> targets;  ///< all of the atlas
  std::vector<double> accuracy_m;    ///< by geo::Target, as policy::Measurement takes it
  std::vector<policy::Policy> policies;
  std::string data_version;   ///< `sha256:<64 hex>`, over layers, policies and stated accuracies
  std::vector<Token> tokens;  ///< empty: none is asked for
  Web web;                    ///< the map
  Faults warnings;            ///< what was repaired while loading, and an index file that could not be used
};

/// What layers come to.
struct LoadedLayers {
  geo::IndexedAtlas indexed;
  std::string data_version;
};

/// How layers are read: `load_layers`, or the same in a process of its own.
using LoadLayers = std::function<std::expected<LoadedLayers, Faults>(const config::Config&)>;

/// Reads and repairs all layers, here and now.
std::expected<LoadedLayers, Faults> load_layers(const config::Config& config);

/// Reads kordon.json and all that it names. All faults at once: those of the configuration, of the layers, and, once
/// there is an atlas to resolve names against, of the policies. Throws only for what the machine causes (memory).
std::expected<std::shared_ptr<const World>, Faults> load_world(const std::filesystem::path& file,
                                                               const LoadLayers& load = load_layers);

}  // namespace kordon::world
