#include "geo/atlas/coasts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "geo/atlas/topology.hpp"

namespace kordon::geo {
namespace {

bool has(const std::vector<std::size_t>& side, std::size_t region) { return std::ranges::binary_search(side, region); }

double unshared_m_of(const Atlas& atlas, std::size_t region) {
  double sum_m = 0;
  for (const auto& rest : atlas.side_by_side) {
    if (rest.first == region || rest.second == region) sum_m += rest.length_m;
  }
  return sum_m;
}

}  // namespace

bool is_part_of(const Arc& arc, const Border& border) {
  const auto kind = border.kind();
  const auto lies_beside = [&](const std::vector<std::size_t>& own, const std::vector<std::size_t>& other) {
    if (!has(own, border.first)) return false;
    if (kind == BorderKind::section) return has(other, border.second);
    return kind == BorderKind::boundary || other.empty();
  };
  return lies_beside(arc.left, arc.right) || lies_beside(arc.right, arc.left);
}

void add_line_of_region(const std::string& id, Atlas& atlas, Faults& faults) {
  const auto of = id.substr(0, id.rfind('|'));
  const auto region = atlas.find_region(of);
  if (!region) {
    faults.push_back({"within of " + id, fmt::format("region '{}' is in no layer", of)});
    return;
  }
  Border border;
  border.id = id;
  border.first = border.second = *region;
  border.accuracy_m = atlas.regions[*region].accuracy_m;
  std::vector<Line> pieces;
  for (const auto& arc : atlas.arcs) {
    if (is_part_of(arc, border)) pieces.push_back(arc.line);
  }
  if (pieces.empty()) {
    faults.push_back(
        {"within of " + id, fmt::format("region '{}' has no coast: others share all of its boundary", of)});
    return;
  }
  border.lines = join_lines(std::move(pieces));
  if (border.kind() == BorderKind::coast) border.unshared_m = unshared_m_of(atlas, *region);
  atlas.borders.push_back(std::move(border));
}

}  // namespace kordon::geo
