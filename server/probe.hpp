#pragma once

#include <expected>
#include <string>

#include "config/server_config.hpp"

namespace kordon::server {

/// Asks a running service for /readyz: the status of its answer, or one sentence that says why there is none. An
/// address that stands for all (0.0.0.0, ::) is asked by loopback. With `tls` no certificate is checked, for the
/// question is whether it serves, not who. Waits for as long as the service does.
std::expected<int, std::string> ask_readiness(const config::Endpoint& endpoint, bool tls);

}  // namespace kordon::server
