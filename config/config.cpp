#include "config/config.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "config/read_server.hpp"

namespace kordon::config {
namespace {

constexpr Range accuracy_range_m{0, 1e6};

geo::LayerSource read_layer(const Node& node, const std::filesystem::path& named_in) {
  const auto members = node.members({"id", "file", "accuracy_m", "attribution", "licence", "source"},
                                    {"id_field", "name_field", "only"});
  geo::LayerSource layer;
  layer.id = members.text("id");
  layer.file = existing_file(members.find("file"), named_in).string();
  layer.id_field = members.text("id_field", layer.id_field);
  layer.name_field = members.text("name_field");
  layer.only = members.texts("only");
  layer.attribution = members.text("attribution");
  layer.licence = members.text("licence");
  layer.source = members.text("source");
  layer.accuracy_m = members.number("accuracy_m", accuracy_range_m);
  return layer;
}

void read_layers(const Members& members, Config& config) {
  for (const auto& node : members.items("layers", 1)) {
    auto layer = read_layer(node, config.file);
    const bool repeated = std::ranges::find(config.layers, layer.id, &geo::LayerSource::id) != config.layers.end();
    if (repeated && !layer.id.empty()) node.fault(fmt::format("layer id '{}' is used twice", layer.id));
    config.layers.push_back(std::move(layer));
  }
}

void read_borders(const Node& node, Config& config) {
  const auto members = node.members({"note", "accuracy_m"});
  config.border_accuracy_note = members.text("note");
  const auto figures = members.find("accuracy_m");
  if (!figures) return;
  for (const auto& [id, figure] : figures->entries()) {
    if (const auto accuracy_m = figure.number(accuracy_range_m)) config.border_accuracy_m[id] = *accuracy_m;
  }
}

}  // namespace

Config read_config(const std::filesystem::path& file, Faults& faults) {
  Config config;
  config.file = file;
  const auto json = read_json(file);
  if (!json) {
    faults.push_back(json.error());
    return config;
  }
  const Node root(*json, file.string(), faults);
  const auto members = root.members({"layers", "policies"}, {"$schema", "borders", "index_file", "server", "web"});
  read_layers(members, config);
  if (const auto borders = members.find("borders")) read_borders(*borders, config);
  const auto index_file = members.text("index_file");
  if (!index_file.empty()) config.index_file = file.parent_path() / index_file;
  for (const auto& node : members.items("policies")) {
    auto policy = existing_file(node, file);
    if (!policy.empty()) config.policies.push_back(std::move(policy));
  }
  if (const auto server = members.find("server")) config.server = read_server(*server, file);
  config.web = read_web_config(members.find("web"), file);
  return config;
}

}  // namespace kordon::config
