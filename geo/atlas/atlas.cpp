#include "geo/atlas/atlas.hpp"

#include <algorithm>

namespace kordon::geo {

std::optional<Target> Atlas::find_region(std::string_view id) const {
  const auto found = std::ranges::find(regions, id, &Region::id);
  if (found == regions.end()) return std::nullopt;
  return static_cast<Target>(found - regions.begin());
}

std::optional<Target> Atlas::find_border(std::string_view id) const {
  const auto bar = id.find('|');
  if (bar == std::string_view::npos) return std::nullopt;
  const auto swapped = std::string(id.substr(bar + 1)) + '|' + std::string(id.substr(0, bar));
  const auto found = std::ranges::find_if(borders, [&](const Border& b) { return b.id == id || b.id == swapped; });
  if (found == borders.end()) return std::nullopt;
  return static_cast<Target>(regions.size() + static_cast<std::size_t>(found - borders.begin()));
}

std::size_t Atlas::layer_of(Target region) const {
  const auto found = std::ranges::find(layers, regions[region].layer, &LayerInfo::id);
  return found == layers.end() ? 0 : static_cast<std::size_t>(found - layers.begin());
}

const std::string& Atlas::id_of(Target target) const {
  return is_region(target) ? regions[target].id : borders[target - regions.size()].id;
}

double Atlas::accuracy_m_of(Target target) const {
  return is_region(target) ? regions[target].accuracy_m : borders[target - regions.size()].accuracy_m;
}

}  // namespace kordon::geo
