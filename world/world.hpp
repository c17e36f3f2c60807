#pragma once

#include <cstdint>
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
  std::string data_version;   ///< `sha256:<64 hex>`, over layers, policies, stated accuracies and the index
  std::vector<Token> tokens;  ///< empty: none is asked for
  Web web;                    ///< the map
  Faults warnings;            ///< what was repaired while loading, and an index file that could not be used
};

/// What layers come to.
struct LoadedLayers {
  geo::IndexedAtlas indexed;
  std::string version;  ///< `InputVersions::answers`
};

/// How layers are read: `load_layers`, or the same in a process of its own.
using LoadLayers = std::function<std::expected<LoadedLayers, Faults>(const config::Config&)>;

/// Reads and repairs all layers here and now, or takes them from the index file.
std::expected<LoadedLayers, Faults> load_layers(const config::Config& config);

/// What of a configuration is loaded.
enum class Parts : std::uint8_t {
  answers,  ///< layers and policies
  service   ///< tokens and the map's files as well
};

/// Reads kordon.json and what it names. All faults at once, except that layers are read, and names in policies
/// resolved, only where the configuration has none. Throws only for what the machine causes (memory).
std::expected<std::shared_ptr<const World>, Faults> load_world(const std::filesystem::path& file,
                                                               Parts parts = Parts::service,
                                                               const LoadLayers& load = load_layers);

}  // namespace kordon::world
