#include "geo/atlas/topology.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>

#include "geo/atlas/antimeridian.hpp"
#include "geo/atlas/hash_vertex.hpp"

namespace kordon::geo {
namespace {

/// One edge of one region, as it stands in the region's line.
struct Use {
  std::uint64_t key;    ///< hash of the two vertices, the same for both directions
  std::uint32_t line;   ///< into Uses::lines
  std::uint32_t index;  ///< edge number in the line
  bool forward;         ///< runs from the smaller vertex to the larger one
};

/// The same edge gets the same ends: along the antimeridian 180 and -180 degrees are one, and 0 and -0 always are.
/// Elsewhere they are not: from there, or from a pole, an edge leaves on the longitude that it is given.
std::pair<LonLat, LonLat> canonical(LonLat a, LonLat b) {
  if (a.lon_deg == -180 && b.lon_deg == -180) a.lon_deg = b.lon_deg = 180;
  return {{a.lon_deg + 0.0, a.lat_deg + 0.0}, {b.lon_deg + 0.0, b.lat_deg + 0.0}};
}

bool before(LonLat a, LonLat b) { return a.lon_deg < b.lon_deg || (a.lon_deg == b.lon_deg && a.lat_deg < b.lat_deg); }

/// All edges of all regions, those of the same two vertices next to each other.
struct Uses {
  const std::vector<RegionLine>& lines;
  std::vector<Use> uses;

  explicit Uses(const std::vector<RegionLine>& all) : lines(all) {
    std::size_t edges = 0;
    for (const auto& [region, line] : all) edges += line.size() - 1;
    uses.reserve(edges);
    for (std::uint32_t l = 0; l < lines.size(); ++l) {
      const auto& line = lines[l].line;
      for (std::uint32_t i = 0; i + 1 < line.size(); ++i) uses.push_back(make(l, i));
    }
    std::ranges::sort(uses, [this](const Use& a, const Use& b) {
      if (a.key != b.key) return a.key < b.key;
      const auto va = ends(a);
      const auto vb = ends(b);
      if (va.first != vb.first) return before(va.first, vb.first);
      if (va.second != vb.second) return before(va.second, vb.second);
      return a.line != b.line ? a.line < b.line : a.index < b.index;
    });
  }

  [[nodiscard]] std::pair<LonLat, LonLat> ends(const Use& use) const {
    const auto& line = lines[use.line].line;
    const auto [a, b] = canonical(line[use.index], line[use.index + 1]);
    return use.forward ? std::pair{a, b} : std::pair{b, a};
  }

  [[nodiscard]] bool same_edge(const Use& a, const Use& b) const { return a.key == b.key && ends(a) == ends(b); }

 private:
  [[nodiscard]] Use make(std::uint32_t l, std::uint32_t i) const {
    const auto [a, b] = canonical(lines[l].line[i], lines[l].line[i + 1]);
    return {HashVertex()(a) + HashVertex()(b), l, i, before(a, b)};
  }
};

/// The regions beside an edge, as seen along the canonical direction of its vertices.
using Sides = std::pair<std::vector<std::size_t>, std::vector<std::size_t>>;

/// For each edge of each region line: which sides it has, and whether this is the first place it occurs.
struct EdgeFacts {
  std::uint32_t sides;
  bool forward;
  bool first;
};

struct Sided {
  std::vector<Sides> kinds;
  std::vector<std::vector<EdgeFacts>> facts;  ///< per line, per edge
};

Sided find_sides(const Uses& all) {
  Sided sided;
  std::map<Sides, std::uint32_t> numbers;
  for (const auto& line : all.lines) sided.facts.emplace_back(line.line.size() - 1);
  for (std::size_t begin = 0; begin < all.uses.size();) {
    auto end = begin;
    Sides sides;
    for (; end < all.uses.size() && all.same_edge(all.uses[begin], all.uses[end]); ++end) {
      const auto& use = all.uses[end];
      (use.forward ? sides.first : sides.second).push_back(all.lines[use.line].region);
    }
    std::ranges::sort(sides.first);
    std::ranges::sort(sides.second);
    const auto [it, added] = numbers.try_emplace(sides, static_cast<std::uint32_t>(numbers.size()));
    if (added) sided.kinds.push_back(sides);
    for (auto i = begin; i < end; ++i) {
      const auto& use = all.uses[i];
      sided.facts[use.line][use.index] = {it->second, use.forward, i == begin};
    }
    begin = end;
  }
  return sided;
}

/// Neighbours in a line belong to one arc when the same regions lie on the same sides of both.
bool continues(const EdgeFacts& a, const EdgeFacts& b, const std::vector<Sides>& kinds) {
  if (a.first != b.first) return false;
  if (a.forward == b.forward) return a.sides == b.sides;
  return kinds[a.sides].first == kinds[b.sides].second && kinds[a.sides].second == kinds[b.sides].first;
}

Arc make_arc(const Line& line, std::size_t from, std::size_t edges, const EdgeFacts& fact,
             const std::vector<Sides>& kinds) {
  Arc arc;
  const auto period = line.size() - 1;
  for (std::size_t i = 0; i <= edges; ++i) {
    const auto at = from + i;
    arc.line.push_back(at <= period ? line[at] : line[at - period]);
  }
  const auto& [left, right] = kinds[fact.sides];
  arc.left = fact.forward ? left : right;
  arc.right = fact.forward ? right : left;
  return arc;
}

/// Cuts one line into arcs. A closed line is read from a place where its neighbours change, so that no arc is cut at
/// the ring's arbitrary first vertex.
void cut_into_arcs(const Line& line, const std::vector<EdgeFacts>& facts, const std::vector<Sides>& kinds,
                   std::vector<Arc>& arcs) {
  const auto edges = facts.size();
  std::size_t start = 0;
  if (line.front() == line.back()) {
    for (std::size_t i = 0; i < edges && start == 0; ++i) {
      if (!continues(facts[(i + edges - 1) % edges], facts[i], kinds)) start = i;
    }
  }
  for (std::size_t done = 0; done < edges;) {
    const auto from = (start + done) % edges;
    std::size_t length = 1;
    while (done + length < edges &&
           continues(facts[(from + length - 1) % edges], facts[(from + length) % edges], kinds)) {
      ++length;
    }
    if (facts[from].first) arcs.push_back(make_arc(line, from, length, facts[from], kinds));
    done += length;
  }
}

/// Two regions, the one with the smaller id first, and the pieces that they share, with the first one on the left.
struct Neighbours {
  std::size_t first;
  std::size_t second;
  std::vector<Line> pieces;
};
using Pairs = std::map<std::pair<std::string_view, std::string_view>, Neighbours>;

void add_to_pairs(const std::vector<Region>& regions, const Arc& arc, Pairs& pairs) {
  for (const auto left : arc.left) {
    for (const auto right : arc.right) {
      if (left == right || regions[left].is_union || regions[right].is_union) continue;
      const bool left_first = regions[left].id < regions[right].id;
      const auto first = left_first ? left : right;
      const auto second = left_first ? right : left;
      auto& pair = pairs.try_emplace({regions[first].id, regions[second].id}, first, second).first->second;
      if (left_first) {
        pair.pieces.push_back(arc.line);
      } else {
        pair.pieces.emplace_back(arc.line.rbegin(), arc.line.rend());
      }
    }
  }
}

}  // namespace

std::vector<Line> join_lines(std::vector<Line> pieces) {
  std::map<std::pair<double, double>, std::vector<std::size_t>> starts;
  std::map<std::pair<double, double>, std::size_t> end_count;
  const auto key = [](LonLat v) { return std::pair{v.lon_deg, v.lat_deg}; };
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    starts[key(pieces[i].front())].push_back(i);
    ++end_count[key(pieces[i].back())];
  }
  const auto next_of = [&](const Line& line) -> std::optional<std::size_t> {
    const auto found = starts.find(key(line.back()));
    if (found == starts.end() || found->second.size() != 1 || end_count[key(line.back())] != 1) return std::nullopt;
    return found->second.front();
  };
  std::vector<bool> follows(pieces.size());
  for (const auto& piece : pieces) {
    if (const auto next = next_of(piece)) follows[*next] = true;
  }
  std::vector<bool> used(pieces.size());
  std::vector<Line> joined;
  const auto walk = [&](std::size_t i) {
    auto line = pieces[i];
    used[i] = true;
    for (auto next = next_of(line); next && !used[*next]; next = next_of(line)) {
      used[*next] = true;
      line.insert(line.end(), pieces[*next].begin() + 1, pieces[*next].end());
    }
    joined.push_back(std::move(line));
  };
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (!follows[i]) walk(i);
  }
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (!used[i]) walk(i);
  }
  return joined;
}

std::vector<RegionLine> lines_of(const std::vector<Region>& regions) {
  std::vector<RegionLine> lines;
  for (std::size_t r = 0; r < regions.size(); ++r) {
    for (auto& line : without_artificial_edges(regions[r].rings)) lines.push_back({r, std::move(line)});
  }
  return lines;
}

std::vector<Arc> derive_arcs(const std::vector<RegionLine>& lines) {
  const Uses all(lines);
  const auto sided = find_sides(all);
  std::vector<Arc> arcs;
  for (std::size_t l = 0; l < all.lines.size(); ++l) {
    cut_into_arcs(all.lines[l].line, sided.facts[l], sided.kinds, arcs);
  }
  return arcs;
}

void derive_topology(Atlas& atlas) {
  atlas.arcs = derive_arcs(lines_of(atlas.regions));
  const auto& regions = atlas.regions;
  Pairs pairs;
  for (const auto& arc : atlas.arcs) add_to_pairs(regions, arc, pairs);
  atlas.borders.clear();
  for (auto& [ids, pair] : pairs) {
    atlas.borders.push_back({.id = regions[pair.first].id + '|' + regions[pair.second].id,
                             .first = pair.first,
                             .second = pair.second,
                             .accuracy_m = std::max(regions[pair.first].accuracy_m, regions[pair.second].accuracy_m),
                             .lines = join_lines(std::move(pair.pieces))});
  }
}

}  // namespace kordon::geo
