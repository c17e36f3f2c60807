#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "config/server_config.hpp"
#include "geo/atlas/fault.hpp"

namespace kordon::cli {

/// What the command line or the environment states of the server instead of kordon.json. A flag wins over its variable
/// of the environment (`--listen` over KORDON_LISTEN), and both over the file.
struct ServerSettings {
  std::optional<std::string> listen;        ///< `ADDR:PORT`
  std::optional<std::string> admin_listen;  ///< `ADDR:PORT`
  // As they are written, for `apply` to check: from 2.4 on CLI11 drops what its own validator refuses of the
  // environment.
  std::optional<std::string> threads;
  std::optional<std::string> unready_ms;
  std::optional<std::string> shutdown_ms;
};

void add_server_settings(CLI::App& command, ServerSettings& settings);

/// Puts them in; the faults of those that cannot be.
Faults apply(const ServerSettings& settings, config::ServerConfig& server);

}  // namespace kordon::cli
