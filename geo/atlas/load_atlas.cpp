#include "geo/atlas/load_atlas.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <thread>

#include "geo/atlas/read_layer.hpp"
#include "geo/atlas/repair.hpp"
#include "geo/atlas/topology.hpp"

namespace kordon::geo {
namespace {

LayerInfo info_of(const LayerSource& source) {
  return {source.id, source.file, source.attribution, source.licence, source.source, source.accuracy_m};
}

/// The first feature of each id, valid or not: where it is.
using TakenIds = std::map<std::string, std::string>;

using Checked = std::expected<ValidRings, Fault>;

/// Validity is the costly part of loading, so features are checked side by side.
std::vector<Checked> check_all(const std::vector<Feature>& features) {
  std::vector<Checked> checked(features.size());
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (auto i = next++; i < features.size(); i = next++) {
      if (!features[i].polygons.empty()) checked[i] = valid_rings(features[i]);
    }
  };
  std::vector<std::future<void>> workers;
  const auto count = std::min<std::size_t>(features.size(), std::max(1U, std::thread::hardware_concurrency()));
  workers.reserve(count);
  for (std::size_t w = 0; w < count; ++w) workers.push_back(std::async(std::launch::async, work));
  for (auto& worker : workers) worker.get();
  return checked;
}

void add_regions(const LayerSource& source, LoadedAtlas& loaded, TakenIds& taken, Faults& faults) {
  const auto features = read_layer(source, faults);
  auto checked = check_all(features);
  for (std::size_t i = 0; i < features.size(); ++i) {
    const auto& feature = features[i];
    if (const auto [first, added] = taken.try_emplace(feature.id, feature.where); !added) {
      faults.push_back(
          {feature.where, fmt::format("region id '{}' is already taken by {}", feature.id, first->second)});
    }
    auto& valid = checked[i];
    if (!valid) {
      faults.push_back(valid.error());
      continue;
    }
    if (!valid->repair.empty()) loaded.warnings.push_back({feature.where, valid->repair});
    if (valid->rings.empty()) continue;
    loaded.atlas.regions.push_back({feature.id, feature.name, source.id, source.accuracy_m, std::move(valid->rings)});
  }
  loaded.atlas.layers.push_back(info_of(source));
}

void set_border_accuracy(Atlas& atlas, const BorderAccuracy& accuracy_m, Faults& faults) {
  for (const auto& [id, value_m] : accuracy_m) {
    const auto border = atlas.find_border(id);
    if (!border) {
      faults.push_back({fmt::format("border '{}'", id), "no two regions of these ids share an edge"});
      continue;
    }
    atlas.borders[*border - atlas.regions.size()].accuracy_m = value_m;
  }
}

}  // namespace

std::expected<LoadedAtlas, Faults> load_atlas(const std::vector<LayerSource>& sources,
                                              const BorderAccuracy& border_accuracy_m, const BeginLayer& begin_layer) {
  LoadedAtlas loaded;
  Faults faults;
  TakenIds taken;
  for (const auto& source : sources) {
    if (begin_layer) begin_layer(source);
    add_regions(source, loaded, taken, faults);
  }
  derive_topology(loaded.atlas);
  set_border_accuracy(loaded.atlas, border_accuracy_m, faults);
  if (!faults.empty()) return std::unexpected(std::move(faults));
  return loaded;
}

}  // namespace kordon::geo
