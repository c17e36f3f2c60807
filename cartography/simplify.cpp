#include "cartography/simplify.hpp"

#include <algorithm>
#include <cmath>

#include "cartography/box.hpp"
#include "cartography/places.hpp"
#include "cartography/thinned_arc.hpp"

namespace kordon::cartography {
namespace {

double size_deg(const geo::Line& line) {
  const auto box = box_of(line);
  return std::max(box.east_deg - box.west_deg, box.north_deg - box.south_deg);
}

std::vector<double> largest_ring_deg(const geo::Atlas& atlas) {
  std::vector<double> largest;
  for (const auto& region : atlas.regions) {
    double size = 0;
    for (const auto& ring : region.rings) size = std::max(size, size_deg(ring));
    largest.push_back(size);
  }
  return largest;
}

std::uint64_t layers_of(const geo::Atlas& atlas, const geo::Arc& arc) {
  std::uint64_t layers = 0;
  for (const auto* side : {&arc.left, &arc.right}) {
    for (const auto region : *side) {
      const auto layer = std::ranges::find(atlas.layers, atlas.regions[region].layer, &geo::LayerInfo::id);
      layers |= std::uint64_t{1} << (static_cast<std::uint64_t>(layer - atlas.layers.begin()) % 64);
    }
  }
  return layers;
}

/// Whether an arc is a ring that may go: small, and not all there is of a region.
bool is_speck(const geo::Arc& arc, const std::vector<double>& largest_deg, double max_offset_deg) {
  if (arc.line.front() != arc.line.back()) return false;
  const double size = size_deg(arc.line);
  const auto has_larger = [&](std::size_t region) { return largest_deg[region] > size; };
  return size < max_offset_deg && std::ranges::all_of(arc.left, has_larger) &&
         std::ranges::all_of(arc.right, has_larger);
}

std::vector<ThinnedArc> thinned_arcs(const geo::Atlas& atlas, double max_offset_deg,
                                     std::vector<geo::Line>& collapsed_rings) {
  const auto largest_deg = largest_ring_deg(atlas);
  std::vector<const geo::Arc*> wanted;
  for (const auto& arc : atlas.arcs) {
    if (is_speck(arc, largest_deg, max_offset_deg)) {
      for (const auto region : arc.left) collapsed_rings[region].push_back(arc.line.front());
      for (const auto region : arc.right) collapsed_rings[region].push_back(arc.line.front());
    } else {
      wanted.push_back(&arc);
    }
  }
  auto arcs = skeletons(wanted);
  for (std::size_t i = 0; i < arcs.size(); ++i) {
    arcs[i].layers = layers_of(atlas, *wanted[i]);
    thin(arcs[i], max_offset_deg);
  }
  restore_crossings(arcs, max_offset_deg);
  return arcs;
}

Places kept_places(const std::vector<ThinnedArc>& arcs) {
  Places places;
  for (const auto& [line, kept, layers] : arcs) {
    for (std::size_t i = 0; i < kept.size(); ++i) {
      if (kept[i]) places.insert((*line)[i]);
    }
  }
  return places;
}

bool on_cut(geo::LonLat place) { return std::abs(place.lon_deg) == 180 || std::abs(place.lat_deg) == 90; }

/// The ring's first vertex may go, too.
geo::Line without_dropped(const geo::Line& line, const Places& kept) {
  geo::Line rest;
  for (const auto place : line) {
    if (on_cut(place) || kept.contains(place)) rest.push_back(place);
  }
  const bool closed = line.front() == line.back();
  if (closed && !rest.empty() && rest.front() != rest.back()) rest.push_back(rest.front());
  return rest;
}

std::vector<geo::Line> without_dropped(const std::vector<geo::Line>& lines, const Places& kept,
                                       std::size_t min_vertices) {
  std::vector<geo::Line> rest;
  for (const auto& line : lines) {
    auto thinner = without_dropped(line, kept);
    if (thinner.size() >= min_vertices) rest.push_back(std::move(thinner));
  }
  return rest;
}

}  // namespace

Shapes simplified(const geo::Atlas& atlas, double max_offset_deg) {
  Shapes shapes;
  shapes.collapsed_rings.resize(atlas.regions.size());
  if (max_offset_deg <= 0) {
    for (const auto& region : atlas.regions) shapes.regions.push_back(polygons_of(region.rings));
    for (const auto& border : atlas.borders) shapes.borders.push_back(border.lines);
    return shapes;
  }
  const auto kept = kept_places(thinned_arcs(atlas, max_offset_deg, shapes.collapsed_rings));
  for (const auto& region : atlas.regions) {
    shapes.regions.push_back(polygons_of(without_dropped(region.rings, kept, 4)));
  }
  for (const auto& border : atlas.borders) shapes.borders.push_back(without_dropped(border.lines, kept, 2));
  return shapes;
}

}  // namespace kordon::cartography
