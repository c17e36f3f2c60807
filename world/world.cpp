#include "world/world.hpp"

#include <fmt/format.h>

#include <numeric>
#include <optional>

#include "config/read_policy.hpp"
#include "world/data_version.hpp"

namespace kordon::world {
namespace {

void append(Faults& faults, const Faults& more) { faults.insert(faults.end(), more.begin(), more.end()); }

std::vector<policy::Policy> read_policies(const config::Config& config, const geo::Atlas* atlas, Faults& faults) {
  std::vector<policy::Policy> policies;
  for (const auto& file : config.policies) {
    auto policy = config::read_policy(file, atlas, faults);
    for (const auto& other : policies) {
      if (other.id != policy.id || policy.id.empty()) continue;
      faults.push_back({file.string() + ": /id", fmt::format("policy id '{}' is used by another file", policy.id)});
    }
    policies.push_back(std::move(policy));
  }
  return policies;
}

void accept_unshared(const config::Config& config, geo::Atlas& atlas, Faults& faults) {
  for (const auto& id : config.accept_unshared) {
    if (const auto border = atlas.find_border(id)) {
      atlas.borders[*border - atlas.regions.size()].is_accepted = true;
    } else {
      faults.push_back({config.file.string() + ": /borders/accept_unshared",
                        fmt::format("no two regions of the ids '{}' share an edge", id)});
    }
  }
}

std::vector<geo::Target> all_targets(const geo::Atlas& atlas) {
  std::vector<geo::Target> targets(atlas.target_count());
  std::iota(targets.begin(), targets.end(), geo::Target{0});
  return targets;
}

std::vector<double> accuracies_m(const geo::Atlas& atlas) {
  std::vector<double> accuracies;
  accuracies.reserve(atlas.target_count());
  for (const auto target : all_targets(atlas)) accuracies.push_back(atlas.accuracy_m_of(target));
  return accuracies;
}

}  // namespace

World::World(config::Config the_config, geo::IndexedAtlas indexed)
    : config(std::move(the_config)),
      atlas(std::move(indexed.atlas)),
      index(std::move(indexed.index)),
      maps(atlas),
      targets(all_targets(atlas)),
      accuracy_m(accuracies_m(atlas)),
      warnings(std::move(indexed.warnings)) {}

std::expected<LoadedLayers, Faults> load_layers(const config::Config& config) {
  auto versions = input_versions(config);
  auto indexed = geo::load_indexed(config.layers, config.border_accuracy_m, config.index_file, versions.atlas);
  if (!indexed) return std::unexpected(std::move(indexed.error()));
  return LoadedLayers{std::move(*indexed), std::move(versions.answers)};
}

std::expected<std::shared_ptr<const World>, Faults> load_world(const std::filesystem::path& file, Parts parts,
                                                               const LoadLayers& load) {
  Faults faults;
  auto config = config::read_config(file, faults);

  std::optional<LoadedLayers> loaded;
  if (faults.empty()) {
    auto result = load(config);
    if (result) {
      loaded = std::move(*result);
      accept_unshared(config, loaded->indexed.atlas, faults);
    } else {
      append(faults, result.error());
    }
  }
  auto policies = read_policies(config, loaded ? &loaded->indexed.atlas : nullptr, faults);
  std::vector<Token> tokens;
  Web web;
  if (parts == Parts::service) {
    if (!config.server.tokens.empty()) tokens = read_tokens(config.server.tokens, faults);
    web = read_web(config.web, faults);
  }
  if (!faults.empty()) return std::unexpected(std::move(faults));

  auto version = data_version(loaded->version, loaded->indexed.content);
  auto world = std::make_shared<World>(std::move(config), std::move(loaded->indexed));
  world->policies = std::move(policies);
  world->tokens = std::move(tokens);
  world->web = std::move(web);
  world->data_version = std::move(version);
  return world;
}

}  // namespace kordon::world
