#pragma once

#include <filesystem>
#include <optional>

#include "config/json_node.hpp"
#include "config/server_config.hpp"

namespace kordon::config {

/// The file that a member names, resolved against the file that names it. Empty if absent, or after the fault that it
/// does not exist.
std::filesystem::path existing_file(const std::optional<Node>& node, const std::filesystem::path& named_in);

/// Reads the `server` of kordon.json.
ServerConfig read_server(const Node& node, const std::filesystem::path& named_in);

}  // namespace kordon::config
