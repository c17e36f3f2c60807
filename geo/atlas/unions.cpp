#include "geo/atlas/unions.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <optional>

namespace kordon::geo {
namespace {

struct DirectedEdge {
  LonLat from;
  LonLat to;
};

auto key_of(LonLat vertex) { return std::pair(vertex.lon_deg, vertex.lat_deg); }
auto key_of(const DirectedEdge& edge) { return std::pair(key_of(edge.from), key_of(edge.to)); }

/// All edges but those that there are in both directions; nothing if one is there twice in the same.
std::optional<std::vector<DirectedEdge>> outer_edges(const std::vector<const Region*>& members) {
  std::vector<DirectedEdge> edges;
  for (const auto* region : members) {
    for (const auto& ring : region->rings) {
      for (std::size_t i = 0; i + 1 < ring.size(); ++i) edges.push_back({ring[i], ring[i + 1]});
    }
  }
  std::ranges::sort(edges, {}, [](const DirectedEdge& edge) { return key_of(edge); });
  const auto same = [](const DirectedEdge& a, const DirectedEdge& b) { return key_of(a) == key_of(b); };
  if (std::ranges::adjacent_find(edges, same) != edges.end()) return std::nullopt;
  std::vector<DirectedEdge> outer;
  for (const auto& edge : edges) {
    const auto back = key_of(DirectedEdge{edge.to, edge.from});
    const auto found = std::ranges::lower_bound(edges, back, {}, [](const DirectedEdge& e) { return key_of(e); });
    if (found == edges.end() || key_of(*found) != back) outer.push_back(edge);
  }
  return outer;
}

/// Closed lines that take each edge once. As many edges end at a vertex as start there, so that each walk closes.
std::vector<Line> rings_of(const std::vector<DirectedEdge>& edges) {
  std::multimap<std::pair<double, double>, LonLat> next;
  for (const auto& edge : edges) next.emplace_hint(next.end(), key_of(edge.from), edge.to);
  std::vector<Line> rings;
  while (!next.empty()) {
    const auto [lon_deg, lat_deg] = next.begin()->first;
    Line ring{{lon_deg, lat_deg}};
    do {
      const auto step = next.find(key_of(ring.back()));
      ring.push_back(step->second);
      next.erase(step);
    } while (key_of(ring.back()) != key_of(ring.front()));
    rings.push_back(std::move(ring));
  }
  return rings;
}

}  // namespace

std::string union_id(const std::vector<std::string>& ids) { return fmt::format("{}", fmt::join(ids, "+")); }

void add_union(const std::vector<std::string>& ids, std::vector<Region>& regions, Faults& faults) {
  Region whole;
  whole.id = whole.name = union_id(ids);
  whole.is_union = true;
  std::vector<const Region*> members;
  for (const auto& id : ids) {
    const auto found = std::ranges::find(regions, id, &Region::id);
    if (found == regions.end()) {
      faults.push_back({"inside " + whole.id, fmt::format("region '{}' is in no layer", id)});
      return;
    }
    members.push_back(&*found);
    whole.accuracy_m = std::max(whole.accuracy_m, found->accuracy_m);
    whole.layer = found->layer;
  }
  const auto edges = outer_edges(members);
  if (!edges) {
    faults.push_back(
        {"inside " + whole.id, "some of these regions overlap; name the larger one alone, or join them by any"});
    return;
  }
  whole.rings = rings_of(*edges);
  regions.push_back(std::move(whole));
}

}  // namespace kordon::geo
