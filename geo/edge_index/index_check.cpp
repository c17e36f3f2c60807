#include "geo/edge_index/index_check.hpp"

#include <algorithm>
#include <cmath>

namespace kordon::geo::edge_index {
namespace {

/// No point of the Earth's surface is as far from its centre.
constexpr double beyond_earth_m = 1e7;

bool is_on_earth(double coordinate_m) { return std::abs(coordinate_m) < beyond_earth_m; }  // false for NaN

bool are_below(const std::vector<Target>& targets, std::size_t end) {
  return std::ranges::all_of(targets, [&](Target target) { return target < end; });
}

bool check_classes(const IndexParts& parts) {
  const auto targets = parts.targets;
  const bool coverages = std::ranges::all_of(
      parts.coverages, [&](const Coverage& coverage) { return are_below(coverage.regions, parts.regions); });
  return coverages && parts.regions <= targets &&
         std::ranges::all_of(parts.edges.classes, [&](const BoundaryClass& one) {
           return are_below(one.left, parts.regions) && are_below(one.right, parts.regions) &&
                  are_below(one.borders, targets);
         });
}

bool check_vertices(const Edges& edges) {
  const auto on_earth = [](const auto& list) { return std::ranges::all_of(list, is_on_earth); };
  const auto finite = [](const auto& list) {
    return std::ranges::all_of(list, [](auto x) { return std::isfinite(x); });
  };
  const bool blocks = std::ranges::all_of(edges.blocks, [&](const EdgeBlock& block) {
    return on_earth(block.x) && on_earth(block.y) && on_earth(block.z) && finite(block.inverse_d2) &&
           finite(block.sx) && finite(block.sy) && finite(block.sz);
  });
  return blocks &&
         std::ranges::all_of(edges.place,
                             [](LonLat at) { return std::abs(at.lon_deg) <= 180 && std::abs(at.lat_deg) <= 90; }) &&
         std::ranges::all_of(edges.left, [](const Direction& d) {
           return std::isfinite(d.x) && std::isfinite(d.y) && std::isfinite(d.z);
         });
}

/// Blocks hold the arcs one after the other, each from a block's first vertex on and its last vertex, too.
bool check_arcs(const Edges& edges) {
  std::size_t block = 0;
  for (const auto& [begin, end] : edges.arcs) {
    if (begin != block * EdgeBlock::size || end <= begin || end / EdgeBlock::size >= edges.blocks.size()) return false;
    if (!edges.is_junction(begin) || !edges.is_junction(end)) return false;
    for (; block <= end / EdgeBlock::size; ++block) {
      const auto& one = edges.blocks[block];
      const auto left = end - block * EdgeBlock::size;
      if (one.count != std::min<std::size_t>(left, EdgeBlock::size) || one.boundary_class >= edges.classes.size())
        return false;
      const bool ends = one.count > 0 && left <= EdgeBlock::size;
      if ((one.ends_arc != 0) != ends) return false;
    }
  }
  return block == edges.blocks.size();
}

bool check_edges(const Edges& edges) {
  const auto vertices = edges.blocks.size() * EdgeBlock::size;
  return edges.place.size() == vertices && edges.left.size() == vertices && check_arcs(edges) && check_vertices(edges);
}

}  // namespace

bool BallTree::is_whole(const Edges& edges, std::span<const std::uint32_t> classes) const {
  const auto holds = [&](BlockNumber number) {
    return number < edges.blocks.size() && edges.blocks[number].count > 0 &&
           std::ranges::binary_search(classes, edges.blocks[number].boundary_class);
  };
  if (blocks_.size() == 0 || !std::ranges::all_of(blocks_, holds)) return false;
  std::size_t first = 0;
  std::size_t balls = blocks_.size();
  for (std::size_t level = 0; level < levels_.size(); ++level) {
    const auto groups = (balls + fanout - 1) / fanout;
    if (levels_[level] != first || first + groups > balls_.size()) return false;
    for (std::size_t i = 0; i < groups * fanout; ++i) {
      const auto [centre, radius_m] = balls_[first + i / fanout][i % fanout];
      if (!is_on_earth(centre.x) || !is_on_earth(centre.y) || !is_on_earth(centre.z)) return false;
      const bool good = i < balls ? radius_m >= 0 && radius_m < 2 * beyond_earth_m : radius_m < -beyond_earth_m;
      if (!good) return false;
    }
    first += groups;
    balls = groups;
  }
  return balls == 1 && first == balls_.size();
}

bool Junctions::is_whole(const Edges& edges) const {
  if (first_.size() != vertices_.size() + 1 || first_[0] != 0 || first_[vertices_.size()] != edges_.size())
    return false;
  std::size_t known = 0;
  for (const auto& [begin, end] : edges.arcs) {
    for (auto vertex = begin; vertex <= end; ++vertex) {
      if (!edges.is_junction(vertex)) continue;
      if (known == vertices_.size() || vertices_[known] != vertex || first_[known + 1] < first_[known]) return false;
      ++known;
    }
  }
  return known == vertices_.size() && std::ranges::all_of(edges_, [&](Edge edge) {
           return edge < edges.place.size() && edge % EdgeBlock::size < edges.block_of(edge).count;
         });
}

bool is_whole(const IndexParts& parts) {
  if (!check_classes(parts) || !check_edges(parts.edges) || !parts.junctions.is_whole(parts.edges)) return false;
  if (parts.trees.size() != parts.edges.classes.size()) return false;
  for (std::uint32_t number = 0; number < parts.trees.size(); ++number) {
    if (!parts.trees[number].is_whole(parts.edges, {&number, 1})) return false;
  }
  return true;
}

}  // namespace kordon::geo::edge_index
