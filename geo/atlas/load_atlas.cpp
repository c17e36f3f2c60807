#include "geo/atlas/load_atlas.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <future>
#include <thread>

#include "geo/atlas/join_neighbours.hpp"
#include "geo/atlas/read_layer.hpp"
#include "geo/atlas/repair.hpp"
#include "geo/atlas/topology.hpp"

namespace kordon::geo {
namespace {

LayerInfo info_of(const LayerSource& source) {
  LayerInfo info;
  info.id = source.id;
  info.file = source.file;
  info.attribution = source.attribution;
  info.licence = source.licence;
  info.source = source.source;
  info.accuracy_m = source.accuracy_m;
  if (source.edges == Edges::geodesic) info.edges = "geodesic";
  if (source.edges == Edges::spherical) info.edges = "spherical";
  info.match_tolerance_m = match_tolerance_m_of(source);
  return info;
}

/// The first feature of each id, valid or not: where it is.
using TakenIds = std::map<std::string, std::string>;

using Checked = std::expected<ValidRings, Fault>;

double repair_tolerance_m_of(const LayerSource& source) {
  return source.repair_tolerance_m.value_or(std::max(source.accuracy_m, least_repair_tolerance_m));
}

/// Validity is the costly part of loading, so features are checked side by side.
std::vector<Checked> check_all(const std::vector<Feature>& features, double tolerance_m) {
  std::vector<Checked> checked(features.size());
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (auto i = next++; i < features.size(); i = next++) {
      if (!features[i].polygons.empty()) checked[i] = valid_rings(features[i], tolerance_m);
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
  auto info = info_of(source);
  const auto features = read_layer(source, info, faults, loaded.warnings);
  auto checked = check_all(features, repair_tolerance_m_of(source));
  const double accuracy_m = std::hypot(source.accuracy_m, info.operation_accuracy_m);
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
    if (!valid->repair.empty()) {
      loaded.warnings.push_back({feature.where, valid->repair});
      ++info.repaired;
    }
    if (valid->rings.empty()) continue;
    loaded.atlas.regions.push_back(
        {feature.id, feature.name, source.id, accuracy_m + valid->moved_m, std::move(valid->rings)});
  }
  loaded.atlas.layers.push_back(std::move(info));
}

void set_border_accuracy(Atlas& atlas, const BorderAccuracy& accuracy_m, Faults& faults) {
  for (const auto& [id, value_m] : accuracy_m) {
    const auto border = atlas.find_border(id);
    if (!border) {
      faults.push_back({fmt::format("border '{}'", id), "no two regions of these ids share an edge"});
      continue;
    }
    auto& section = atlas.borders[*border - atlas.regions.size()];
    section.accuracy_m = value_m + section.moved_m;
  }
}

}  // namespace

double match_tolerance_m_of(const LayerSource& source) {
  return source.match_tolerance_m.value_or(
      std::clamp(source.accuracy_m, least_match_tolerance_m, largest_default_match_m));
}

std::expected<LoadedAtlas, Faults> load_atlas(const std::vector<LayerSource>& sources,
                                              const BorderAccuracy& border_accuracy_m, const BeginLayer& begin_layer) {
  LoadedAtlas loaded;
  Faults faults;
  TakenIds taken;
  for (const auto& source : sources) {
    if (begin_layer) begin_layer(source);
    if (source.unions.empty() && source.lines.empty()) add_regions(source, loaded, taken, faults);
  }
  if (faults.empty()) {
    join_neighbours(loaded, sources, faults);
  } else {
    derive_topology(loaded.atlas);  // to say which stated sections there are not
  }
  set_border_accuracy(loaded.atlas, border_accuracy_m, faults);
  if (!faults.empty()) return std::unexpected(std::move(faults));
  return loaded;
}

}  // namespace kordon::geo
