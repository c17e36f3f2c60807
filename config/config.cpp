#include "config/config.hpp"

#include <fmt/format.h>

#include "config/read_area.hpp"
#include "config/read_layers.hpp"
#include "config/read_server.hpp"

namespace kordon::config {
namespace {

geo::DataRules read_data(const Node& node) {
  const auto members = node.members({}, {"drivers", "network"});
  return {members.texts("drivers"), members.flag("network")};
}

void read_borders(const Node& node, Config& config) {
  const auto members = node.members({"note"}, {"accuracy_m", "accept_unshared"});
  config.border_accuracy_note = members.text("note");
  config.accept_unshared = members.texts("accept_unshared");
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
  const auto members =
      root.members({"layers", "policies"}, {"$schema", "borders", "index_file", "server", "web", "data"});
  if (const auto data = members.find("data")) config.data = read_data(*data);
  config.layers = read_layers(members, file);
  for (auto& layer : config.layers) layer.rules = config.data;
  if (const auto borders = members.find("borders")) read_borders(*borders, config);
  const auto index_file = members.text("index_file");
  if (!index_file.empty()) config.index_file = file.parent_path() / index_file;
  for (const auto& node : members.items("policies")) {
    auto policy = existing_file(node, file);
    if (!policy.empty()) config.policies.push_back(std::move(policy));
  }
  if (auto made = made_for(config.policies); !made.unions.empty() || !made.lines.empty()) {
    made.id = "made for " + file.filename().string();
    config.layers.push_back(std::move(made));
  }
  if (const auto server = members.find("server")) config.server = read_server(*server, file);
  config.web = read_web_config(members.find("web"), file);
  return config;
}

}  // namespace kordon::config
