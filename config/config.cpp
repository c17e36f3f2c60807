#include "config/config.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "config/json_node.hpp"

namespace kordon::config {
namespace {

constexpr Range accuracy_range_m{0, 1e6};
constexpr Range byte_range{1, 1e12};
constexpr Range row_range{1, 1e9};
constexpr Range timeout_range_ms{1, 86'400'000};
constexpr Range thread_range{0, 4096};

bool is_address(int family, const std::string& text) {
  std::array<unsigned char, sizeof(in6_addr)> parsed;
  return inet_pton(family, text.c_str(), parsed.data()) == 1;
}

/// The file that a member names, resolved against the file that names it; empty after a fault.
std::filesystem::path existing_file(const std::optional<Node>& node, const std::filesystem::path& named_in) {
  const auto name = node ? node->text() : std::nullopt;
  if (!name || name->empty()) return {};
  auto file = (named_in.parent_path() / *name).lexically_normal();
  std::error_code error;
  if (std::filesystem::is_regular_file(file, error)) return file;
  node->fault(fmt::format("'{}' does not exist or is not a file", file.string()));
  return {};
}

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

Limits read_limits(const Node& node) {
  const auto members = node.members({}, {"body_bytes", "header_bytes", "batch_rows"});
  Limits limits;
  limits.body_bytes = members.count("body_bytes", byte_range, limits.body_bytes);
  limits.header_bytes = members.count("header_bytes", byte_range, limits.header_bytes);
  limits.batch_rows = members.count("batch_rows", row_range, limits.batch_rows);
  return limits;
}

Timeouts read_timeouts(const Node& node) {
  const auto members = node.members({}, {"read_ms", "write_ms", "idle_ms", "shutdown_ms"});
  const auto read = [&](std::string_view key, std::chrono::milliseconds fallback) {
    return std::chrono::milliseconds(members.count(key, timeout_range_ms, static_cast<std::size_t>(fallback.count())));
  };
  const Timeouts fallback;
  return {read("read_ms", fallback.read), read("write_ms", fallback.write), read("idle_ms", fallback.idle),
          read("shutdown_ms", fallback.shutdown)};
}

std::string read_public_url(const Members& members) {
  const auto node = members.find("public_url");
  auto url = node ? node->text().value_or("") : "";
  if (!node || url.empty()) return {};
  if (!url.starts_with("http://") && !url.starts_with("https://")) {
    node->fault(fmt::format("is '{}', expected a URL as https://example.org/kordon", url));
  }
  while (url.ends_with('/')) url.pop_back();
  return url;
}

ServerConfig read_server(const Node& node) {
  const auto members = node.members({}, {"listen", "public_url", "threads", "limits", "timeouts"});
  ServerConfig server;
  server.public_url = read_public_url(members);
  server.threads = static_cast<unsigned>(members.count("threads", thread_range, server.threads));
  if (const auto limits = members.find("limits")) server.limits = read_limits(*limits);
  if (const auto timeouts = members.find("timeouts")) server.timeouts = read_timeouts(*timeouts);
  if (const auto listen = members.find("listen")) {
    const auto endpoint = parse_endpoint(listen->text().value_or("127.0.0.1:8080"));
    if (endpoint) {
      server.listen = *endpoint;
    } else {
      listen->fault(endpoint.error());
    }
  }
  return server;
}

}  // namespace

std::expected<Endpoint, std::string> parse_endpoint(std::string_view text) {
  const auto refused = [&] {
    return std::unexpected(
        fmt::format("is '{}', expected an address and a port as 127.0.0.1:8080 or [::1]:8080", text));
  };
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return refused();
  const auto digits = text.substr(colon + 1);
  auto address = text.substr(0, colon);
  const bool bracketed = address.starts_with('[') && address.ends_with(']');
  if (bracketed) address = address.substr(1, address.size() - 2);

  Endpoint endpoint{std::string(address), 0};
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), endpoint.port);
  if (error != std::errc() || end != digits.data() + digits.size()) return refused();
  if (!is_address(bracketed ? AF_INET6 : AF_INET, endpoint.address)) return refused();
  return endpoint;
}

Config read_config(const std::filesystem::path& file, Faults& faults) {
  Config config;
  config.file = file;
  const auto json = read_json(file);
  if (!json) {
    faults.push_back(json.error());
    return config;
  }
  const Node root(*json, file.string(), faults);
  const auto members = root.members({"layers", "policies"}, {"$schema", "borders", "server"});
  read_layers(members, config);
  if (const auto borders = members.find("borders")) read_borders(*borders, config);
  for (const auto& node : members.items("policies")) {
    auto policy = existing_file(node, file);
    if (!policy.empty()) config.policies.push_back(std::move(policy));
  }
  if (const auto server = members.find("server")) config.server = read_server(*server);
  return config;
}

}  // namespace kordon::config
