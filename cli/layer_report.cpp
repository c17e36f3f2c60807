#include "cli/layer_report.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "geo/earth/geodesic.hpp"
#include "text/json_writer.hpp"

namespace kordon::cli {
namespace {

constexpr int km_decimals = 3;

struct LayerFigures {
  std::size_t regions = 0;
  std::size_t vertices = 0;
  double west_deg = 180;
  double south_deg = 90;
  double east_deg = -180;
  double north_deg = -90;
};

LayerFigures figures_of(const geo::Atlas& atlas, const std::string& layer) {
  LayerFigures figures;
  for (const auto& region : atlas.regions) {
    if (region.layer != layer || region.is_union) continue;
    ++figures.regions;
    for (const auto& ring : region.rings) {
      figures.vertices += ring.size() - 1;
      for (const auto [lon_deg, lat_deg] : ring) {
        figures.west_deg = std::min(figures.west_deg, lon_deg);
        figures.south_deg = std::min(figures.south_deg, lat_deg);
        figures.east_deg = std::max(figures.east_deg, lon_deg);
        figures.north_deg = std::max(figures.north_deg, lat_deg);
      }
    }
  }
  return figures;
}

double length_km(const std::vector<geo::Line>& lines) {
  double km = 0;
  for (const auto& line : lines) {
    for (std::size_t i = 1; i < line.size(); ++i) km += geo::inverse(line[i - 1], line[i]).distance_m / 1000;
  }
  return km;
}

/// By region: its whole boundary without artificial edges, and what of it no region beside it shares.
struct Boundaries {
  std::vector<double> whole_km;
  std::vector<double> coast_km;
};

Boundaries boundaries_of(const geo::Atlas& atlas) {
  Boundaries found{std::vector<double>(atlas.regions.size()), std::vector<double>(atlas.regions.size())};
  for (const auto& arc : atlas.arcs) {
    const auto km = length_km({arc.line});
    for (const auto& [own, other] : {std::pair(&arc.left, &arc.right), std::pair(&arc.right, &arc.left)}) {
      for (const auto region : *own) {
        found.whole_km[region] += km;
        if (other->empty()) found.coast_km[region] += km;
      }
    }
  }
  return found;
}

std::string layer_text(const geo::Atlas& atlas, const geo::LayerInfo& layer) {
  const auto figures = figures_of(atlas, layer.id);
  const auto shift = layer.operation.empty() ? std::string("no operation needed")
                                             : fmt::format("{} ({} m)", layer.operation, layer.operation_accuracy_m);
  const auto match = layer.match_tolerance_m > 0 ? fmt::format("matched within {} m", layer.match_tolerance_m)
                                                 : std::string("not matched with neighbours");
  return fmt::format(
      "layer {}: {} regions, {} vertices, {:.4f} {:.4f} to {:.4f} {:.4f}\n  {}: {}; edges {}; accuracy {} m; {}; {} "
      "features repaired\n",
      layer.id, figures.regions, figures.vertices, figures.west_deg, figures.south_deg, figures.east_deg,
      figures.north_deg, layer.crs, shift, layer.edges, layer.accuracy_m, match, layer.repaired);
}

std::string border_text(const geo::Border& border) {
  const bool is_section = border.kind() == geo::BorderKind::section;
  auto text = fmt::format("border {}: {:.3f} km{}, accuracy {:.6g} m", border.id, length_km(border.lines),
                          is_section ? " shared" : "", border.accuracy_m);
  if (border.moved_m > 0) text += fmt::format(", moved by up to {:.3g} m", border.moved_m);
  if (border.unshared_m > 0) text += fmt::format(", {:.1f} km side by side unshared", border.unshared_m / 1000);
  return text + '\n';
}

void write_layers(text::JsonWriter& json, const geo::Atlas& atlas) {
  json.key("layers").begin_array();
  for (const auto& layer : atlas.layers) {
    const auto figures = figures_of(atlas, layer.id);
    json.begin_object();
    json.key("id").text(layer.id).key("file").text(layer.file);
    json.key("regions").integer(static_cast<std::int64_t>(figures.regions));
    json.key("vertices").integer(static_cast<std::int64_t>(figures.vertices));
    json.key("extent").begin_array();
    json.number(figures.west_deg).number(figures.south_deg).number(figures.east_deg).number(figures.north_deg);
    json.end_array();
    json.key("crs").text(layer.crs).key("operation").text(layer.operation);
    json.key("operation_accuracy_m").number(layer.operation_accuracy_m).key("edges").text(layer.edges);
    json.key("accuracy_m").number(layer.accuracy_m).key("match_tolerance_m").number(layer.match_tolerance_m);
    json.key("repaired").integer(static_cast<std::int64_t>(layer.repaired)).end_object();
  }
  json.end_array();
}

void write_regions(text::JsonWriter& json, const geo::Atlas& atlas) {
  const auto boundaries = boundaries_of(atlas);
  json.key("regions").begin_array();
  for (std::size_t r = 0; r < atlas.regions.size(); ++r) {
    const auto& region = atlas.regions[r];
    json.begin_object().key("id").text(region.id).key("layer").text(region.layer);
    json.key("accuracy_m").number(region.accuracy_m);
    json.key("boundary_km").fixed(boundaries.whole_km[r], km_decimals);
    json.key("coast_km").fixed(boundaries.coast_km[r], km_decimals).end_object();
  }
  json.end_array();
}

void write_borders(text::JsonWriter& json, const geo::Atlas& atlas) {
  json.key("borders").begin_array();
  for (const auto& border : atlas.borders) {
    json.begin_object().key("id").text(border.id).key("shared_km").fixed(length_km(border.lines), km_decimals);
    json.key("unshared_km").fixed(border.unshared_m / 1000, km_decimals).key("moved_m").fixed(border.moved_m, 3);
    json.key("accuracy_m").number(border.accuracy_m).end_object();
  }
  json.end_array();
  json.key("side_by_side").begin_array();
  for (const auto& rest : atlas.side_by_side) {
    json.begin_object();
    json.key("regions")
        .begin_array()
        .text(atlas.regions[rest.first].id)
        .text(atlas.regions[rest.second].id)
        .end_array();
    json.key("unshared_km").fixed(rest.length_m / 1000, km_decimals).key("within_m").number(rest.within_m).end_object();
  }
  json.end_array();
}

void write_faults(text::JsonWriter& json, std::string_view key, const Faults& faults) {
  json.key(key).begin_array();
  for (const auto& fault : faults) {
    json.begin_object().key("where").text(fault.where).key("message").text(fault.message).end_object();
  }
  json.end_array();
}

}  // namespace

std::string layer_report(const world::World& world) {
  const auto& atlas = world.atlas;
  std::string text;
  for (const auto& layer : atlas.layers) text += layer_text(atlas, layer);
  const auto boundaries = boundaries_of(atlas);
  for (std::size_t r = 0; r < atlas.regions.size(); ++r) {
    text += fmt::format(
        "region {}: boundary {:.3f} km, of which {:.3f} km that no other region shares, accuracy {:.6g} m\n",
        atlas.regions[r].id, boundaries.whole_km[r], boundaries.coast_km[r], atlas.regions[r].accuracy_m);
  }
  for (const auto& border : atlas.borders) text += border_text(border);
  for (const auto& rest : atlas.side_by_side) {
    const auto id = atlas.regions[rest.first].id + '|' + atlas.regions[rest.second].id;
    if (atlas.find_border(id)) continue;
    text += fmt::format("no border {}: {:.1f} km side by side within {:.0f} m, none shared\n", id, rest.length_m / 1000,
                        rest.within_m);
  }
  return text + fmt::format("good: {} regions, {} border sections, {} policies, data {}\n", atlas.regions.size(),
                            std::ranges::count(atlas.borders, geo::BorderKind::section, &geo::Border::kind),
                            world.policies.size(), world.data_version);
}

std::string layer_report_json(const world::World& world) {
  std::string text;
  text::JsonWriter json(text);
  json.begin_object();
  write_layers(json, world.atlas);
  write_regions(json, world.atlas);
  write_borders(json, world.atlas);
  write_faults(json, "warnings", world.warnings);
  json.key("policies").integer(static_cast<std::int64_t>(world.policies.size()));
  json.key("data_version").text(world.data_version).end_object();
  return text;
}

std::string faults_json(const Faults& faults) {
  std::string text;
  text::JsonWriter json(text);
  json.begin_object();
  write_faults(json, "faults", faults);
  json.end_object();
  return text;
}

}  // namespace kordon::cli
