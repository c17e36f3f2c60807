#include "geo/atlas/stretches.hpp"

#include <algorithm>
#include <cmath>

namespace kordon::geo {
namespace {

using CellSet = std::unordered_set<Cell>;

struct Occupied {
  Cell cell;
  std::uint32_t arc;
  auto operator<=>(const Occupied&) const = default;
};

/// Calls `take` with the cell of each sample of an edge.
template <typename Take>
void sample(const CellSize& size, LonLat a, LonLat b, Take take) {
  const auto steps = size.steps(a, b);
  for (std::size_t s = 0; s <= steps; ++s) {
    const double t = static_cast<double>(s) / static_cast<double>(steps);
    take(size.cell_of({a.lon_deg + t * (b.lon_deg - a.lon_deg), a.lat_deg + t * (b.lat_deg - a.lat_deg)}));
  }
}

/// Which arcs pass through which cells, where `within` (of larger cells) is null or holds the place.
std::vector<Occupied> occupied(const std::vector<Arc>& arcs, const CellSize& size, const CellSize& large,
                               const CellSet* within) {
  std::vector<Occupied> cells;
  for (std::uint32_t a = 0; a < arcs.size(); ++a) {
    const auto& line = arcs[a].line;
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
      if (within != nullptr) {
        bool near = false;
        sample(large, line[i], line[i + 1], [&](Cell cell) { near = near || within->contains(cell); });
        if (!near) continue;
      }
      sample(size, line[i], line[i + 1], [&](Cell cell) {
        const Occupied here{cell, a};
        if (cells.empty() || cells.back() != here) cells.push_back(here);
      });
    }
  }
  std::ranges::sort(cells);
  const auto repeated = std::ranges::unique(cells);
  cells.erase(repeated.begin(), repeated.end());
  return cells;
}

bool disjoint(const Arc& a, const Arc& b) {
  for (const auto* side : {&b.left, &b.right}) {
    for (const auto region : *side) {
      if (std::ranges::binary_search(a.left, region) || std::ranges::binary_search(a.right, region)) return false;
    }
  }
  return true;
}

/// Cells in which, or beside which, an unshared arc lies near an arc of other regions.
CellSet mixed(const std::vector<Arc>& arcs, const std::vector<bool>& unshared, const std::vector<Occupied>& cells) {
  CellSet found;
  for (const auto& [cell, arc] : cells) {
    if (!unshared[arc]) continue;
    for (const auto other : CellSize::around(cell)) {
      auto at = std::ranges::lower_bound(cells, other, {}, &Occupied::cell);
      for (; at != cells.end() && at->cell == other; ++at) {
        if (!disjoint(arcs[arc], arcs[at->arc])) continue;
        found.insert(cell);
        found.insert(other);
        break;
      }
    }
  }
  return found;
}

bool is_cut(LonLat a, LonLat b) {
  return (a.lon_deg == b.lon_deg && std::abs(a.lon_deg) == 180) ||
         (a.lat_deg == b.lat_deg && std::abs(a.lat_deg) == 90);
}

void add_stretches(std::size_t region, std::size_t ring, const Line& line, const Cells& cells,
                   std::vector<Stretch>& stretches) {
  std::size_t first = 0;
  bool open = false;
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    const bool near = !is_cut(line[i], line[i + 1]) && cells.contain(line[i], line[i + 1]);
    if (near && !open) first = i;
    if (!near && open) stretches.push_back({region, ring, first, i, false});
    open = near;
  }
  if (open) stretches.push_back({region, ring, first, line.size() - 1, first == 0});
}

}  // namespace

bool Cells::contain(LonLat from, LonLat to) const {
  bool found = false;
  sample(size, from, to, [&](Cell cell) { found = found || cells.contains(cell); });
  return found;
}

Cells unshared_near_others(const std::vector<Arc>& arcs, double distance_m) {
  std::vector<bool> unshared;
  for (const auto& arc : arcs) unshared.push_back(arc.left.empty() || arc.right.empty());
  const CellSize large(std::max(20 * distance_m, 20'000.0));
  const CellSize small(std::max(2 * distance_m, 200.0));
  const auto near = mixed(arcs, unshared, occupied(arcs, large, large, nullptr));
  return {small, mixed(arcs, unshared, occupied(arcs, small, large, &near))};
}

std::vector<Stretch> find_stretches(const std::vector<Region>& regions, std::span<const MatchedRegion> settings) {
  double tolerance_m = 0;
  for (const auto& setting : settings) tolerance_m = std::max(tolerance_m, setting.tolerance_m);
  if (tolerance_m == 0) return {};
  const auto cells = unshared_near_others(derive_arcs(lines_of(regions)), tolerance_m);
  std::vector<Stretch> stretches;
  for (std::size_t r = 0; r < regions.size(); ++r) {
    for (std::size_t i = 0; i < regions[r].rings.size(); ++i) {
      add_stretches(r, i, regions[r].rings[i], cells, stretches);
    }
  }
  return stretches;
}

}  // namespace kordon::geo
