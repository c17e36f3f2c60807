#pragma once

#include <string_view>

#include "config/server_config.hpp"

namespace kordon::server {

/// The value of `Access-Control-Allow-Origin` for a request's `Origin`: itself, `*`, or empty where no page of that
/// origin may read answers.
std::string_view allowed_origin(const config::Cors& cors, std::string_view origin);

}  // namespace kordon::server
