#include "geo/atlas/match_neighbours.hpp"

#include <algorithm>
#include <map>

#include "geo/atlas/stretches.hpp"

namespace kordon::geo {
namespace {

/// Each round leaves less to match; what is left after so many is reported as unshared.
constexpr int most_rounds = 12;

/// Puts the stretches of one ring back; they are in the ring's order and do not overlap.
Line with_stretches(const Line& ring, const std::vector<const Stretch*>& stretches,
                    const std::vector<RegionLine>& lines, const Stretch* base) {
  if (stretches.front()->whole) return lines[static_cast<std::size_t>(stretches.front() - base)].line;
  Line result;
  const auto add = [&](LonLat vertex) {
    if (result.empty() || result.back() != vertex) result.push_back(vertex);
  };
  std::size_t i = 0;
  for (const auto* stretch : stretches) {
    for (; i < stretch->first; ++i) add(ring[i]);
    for (const auto vertex : lines[static_cast<std::size_t>(stretch - base)].line) add(vertex);
    i = stretch->last + 1;
  }
  for (; i < ring.size(); ++i) add(ring[i]);
  return result;
}

/// Returns which regions changed; rings of which nothing is left go.
std::vector<bool> put_back(std::vector<Region>& regions, const std::vector<Stretch>& stretches,
                           const std::vector<RegionLine>& before, const std::vector<RegionLine>& after) {
  std::map<std::pair<std::size_t, std::size_t>, std::vector<const Stretch*>> by_ring;
  std::vector<bool> changed(regions.size());
  for (std::size_t s = 0; s < stretches.size(); ++s) {
    by_ring[{stretches[s].region, stretches[s].ring}].push_back(&stretches[s]);
    if (before[s].line != after[s].line) changed[stretches[s].region] = true;
  }
  for (const auto& [ring, parts] : by_ring) {
    auto& line = regions[ring.first].rings[ring.second];
    line = with_stretches(line, parts, after, stretches.data());
  }
  for (auto& region : regions) {
    std::erase_if(region.rings, [](const Line& ring) { return ring.size() < 4; });
  }
  return changed;
}

}  // namespace

Matching match_neighbours(std::vector<Region>& regions, std::span<const MatchedRegion> settings) {
  Matching matching{{std::vector<double>(regions.size()), {}}, std::vector<bool>(regions.size())};
  const auto stretches = find_stretches(regions, settings);
  if (stretches.empty()) return matching;
  std::vector<RegionLine> lines;
  for (const auto& [region, ring, first, last, whole] : stretches) {
    const auto& line = regions[region].rings[ring];
    const auto begin = line.begin() + static_cast<std::ptrdiff_t>(first);
    lines.push_back({region, Line(begin, line.begin() + static_cast<std::ptrdiff_t>(last) + 1)});
  }
  const auto before = lines;
  for (int round = 0; round < most_rounds && match_round(lines, settings, matching.moves); ++round) {
  }
  matching.changed = put_back(regions, stretches, before, lines);
  return matching;
}

}  // namespace kordon::geo
