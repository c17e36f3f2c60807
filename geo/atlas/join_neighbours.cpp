#include "geo/atlas/join_neighbours.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "geo/atlas/coasts.hpp"
#include "geo/atlas/local_plane.hpp"
#include "geo/atlas/match_neighbours.hpp"
#include "geo/atlas/side_by_side.hpp"
#include "geo/atlas/unions.hpp"

namespace kordon::geo {
namespace {

/// What is moved by less is rounding, and no reader's business.
constexpr double notable_m = 1e-3;

/// Unshared pieces within this are looked for: four times as far as the lines may be off, within sensible limits.
constexpr double least_beside_m = 100;
constexpr double largest_beside_m = 1000;

/// Two ends of coasts that face each other are no border.
constexpr double least_rest_m = 100;

std::vector<MatchedRegion> settings_of(const Atlas& atlas, const std::vector<LayerSource>& sources) {
  std::vector<MatchedRegion> settings;
  for (const auto& region : atlas.regions) {
    const auto at = std::ranges::find(sources, region.layer, &LayerSource::id);
    const auto layer = static_cast<std::size_t>(at - sources.begin());
    settings.push_back({region.accuracy_m, match_tolerance_m_of(*at), layer});
  }
  return settings;
}

void match(LoadedAtlas& loaded, std::span<const MatchedRegion> settings, Moves& moves) {
  auto& regions = loaded.atlas.regions;
  moves = match_neighbours(regions, settings).moves;
  for (std::size_t r = 0; r < regions.size(); ++r) {
    if (moves.region_m[r] < notable_m) continue;
    loaded.warnings.push_back({"region " + regions[r].id,
                               fmt::format("its boundary is moved by up to {:.3g} m onto its neighbours'; its accuracy "
                                           "counts that",
                                           moves.region_m[r])});
    regions[r].accuracy_m += moves.region_m[r];
  }
}

/// A section was moved as far as the vertex of it that was moved most; its regions' accuracies have that already.
void note_moves(Atlas& atlas, std::span<const MatchedRegion> settings, const Moves& moves) {
  for (auto& border : atlas.borders) {
    for (const auto& line : border.lines) {
      for (const auto vertex : line) {
        const auto moved = moves.vertex_m.find(vertex);
        if (moved != moves.vertex_m.end()) border.moved_m = std::max(border.moved_m, moved->second);
      }
    }
    if (border.moved_m < notable_m) border.moved_m = 0;
    border.accuracy_m =
        std::max(settings[border.first].accuracy_m, settings[border.second].accuracy_m) + border.moved_m;
  }
}

void note_side_by_side(LoadedAtlas& loaded) {
  auto& atlas = loaded.atlas;
  std::vector<double> within_m;
  for (const auto& region : atlas.regions) {
    within_m.push_back(std::clamp(4 * region.accuracy_m, least_beside_m, largest_beside_m));
  }
  for (const auto& rest : find_side_by_side(atlas.regions, atlas.arcs, within_m)) {
    if (rest.length_m < least_rest_m) continue;
    atlas.side_by_side.push_back(rest);
    const auto id = atlas.regions[rest.first].id + '|' + atlas.regions[rest.second].id;
    const auto border = atlas.find_border(id);
    if (border) atlas.borders[*border - atlas.regions.size()].unshared_m = rest.length_m;
    loaded.warnings.push_back(
        {"border " + id, fmt::format("{:.1f} km run side by side within {:.0f} m without being shared{}; raise "
                                     "match_tolerance_m if they are one line",
                                     rest.length_m / 1000, rest.within_m, border ? "" : ", and none is shared")});
  }
}

/// Borders keep what is known of them: they are the same, in the same order.
void add_arcs_of_unions(Atlas& atlas) {
  const auto borders = std::move(atlas.borders);
  derive_topology(atlas);
  for (std::size_t b = 0; b < borders.size(); ++b) atlas.borders[b].unshared_m = borders[b].unshared_m;
}

}  // namespace

void join_neighbours(LoadedAtlas& loaded, const std::vector<LayerSource>& sources, Faults& faults) {
  const auto settings = settings_of(loaded.atlas, sources);
  Moves moves;
  match(loaded, settings, moves);
  derive_topology(loaded.atlas);
  note_side_by_side(loaded);
  const auto before = loaded.atlas.regions.size();
  for (const auto& source : sources) {
    for (const auto& ids : source.unions) add_union(ids, loaded.atlas.regions, faults);
  }
  if (loaded.atlas.regions.size() != before) add_arcs_of_unions(loaded.atlas);
  for (const auto& source : sources) {
    for (const auto& id : source.lines) add_line_of_region(id, loaded.atlas, faults);
  }
  note_moves(loaded.atlas, settings, moves);
}

}  // namespace kordon::geo
