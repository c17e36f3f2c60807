#include "config/read_layers.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace kordon::config {
namespace {

namespace fs = std::filesystem;

/// Larger ones would join streets that run side by side, and more.
constexpr Range tolerance_range_m{0, 1e5};

/// A file, or a folder that is a data set.
std::string existing_source(const Node& node, const fs::path& named_in) {
  const auto name = node.text().value_or("");
  if (name.empty()) return {};
  auto file = (named_in.parent_path() / name).lexically_normal();
  std::error_code error;
  if (fs::exists(file, error)) return file.string();
  node.fault(fmt::format("'{}' does not exist", file.string()));
  return {};
}

void read_files(const Members& members, const fs::path& named_in, geo::LayerSource& layer) {
  const auto node = members.find("file");
  if (!node) return;
  if (!node->is_array()) {
    layer.file = existing_source(*node, named_in);
    return;
  }
  for (const auto& item : node->items(1)) layer.more_files.push_back(existing_source(item, named_in));
  if (layer.more_files.empty()) return;
  layer.file = layer.more_files.front();
  layer.more_files.erase(layer.more_files.begin());
}

geo::Edges read_edges(const Members& members) {
  const auto text = members.text("edges", "planar");
  if (text == "geodesic") return geo::Edges::geodesic;
  if (text == "spherical") return geo::Edges::spherical;
  if (text != "planar") {
    members.find("edges")->fault(fmt::format("is '{}', expected planar, geodesic or spherical", text));
  }
  return geo::Edges::planar;
}

std::optional<double> read_optional(const Members& members, std::string_view key, Range range) {
  if (!members.find(key)) return std::nullopt;
  return members.number(key, range);
}

geo::LayerSource read_layer(const Node& node, const fs::path& named_in) {
  const auto members =
      node.members({"id", "file", "accuracy_m", "attribution", "licence", "source"},
                   {"layer", "where", "crs", "edges", "id_field", "id_template", "name_field", "dissolve", "only",
                    "match_tolerance_m", "repair_tolerance_m", "ballpark_accuracy_m"});
  geo::LayerSource layer;
  layer.id = members.text("id");
  read_files(members, named_in, layer);
  layer.layer = members.text("layer");
  layer.where = members.text("where");
  layer.crs = members.text("crs");
  layer.edges = read_edges(members);
  layer.id_field = members.text("id_field", layer.id_field);
  layer.id_template = members.text("id_template");
  layer.name_field = members.text("name_field");
  layer.dissolve = members.flag("dissolve");
  layer.only = members.texts("only");
  layer.attribution = members.text("attribution");
  layer.licence = members.text("licence");
  layer.source = members.text("source");
  layer.accuracy_m = members.number("accuracy_m", accuracy_range_m);
  layer.match_tolerance_m = read_optional(members, "match_tolerance_m", tolerance_range_m);
  layer.repair_tolerance_m = read_optional(members, "repair_tolerance_m", tolerance_range_m);
  layer.ballpark_accuracy_m = read_optional(members, "ballpark_accuracy_m", accuracy_range_m);
  return layer;
}

}  // namespace

std::vector<geo::LayerSource> read_layers(const Members& members, const fs::path& named_in) {
  std::vector<geo::LayerSource> layers;
  for (const auto& node : members.items("layers", 1)) {
    auto layer = read_layer(node, named_in);
    const bool repeated = std::ranges::find(layers, layer.id, &geo::LayerSource::id) != layers.end();
    if (repeated && !layer.id.empty()) node.fault(fmt::format("layer id '{}' is used twice", layer.id));
    layers.push_back(std::move(layer));
  }
  return layers;
}

}  // namespace kordon::config
