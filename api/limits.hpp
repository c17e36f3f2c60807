#pragma once

#include <string>

#include "config/server_config.hpp"

namespace kordon::api {

/// What one request, one client and all clients together may cost, as JSON: the answer of /v1/limits.
std::string limits_json(const config::ServerConfig& server);

}  // namespace kordon::api
