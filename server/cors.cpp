#include "server/cors.hpp"

#include <algorithm>

namespace kordon::server {

std::string_view allowed_origin(const config::Cors& cors, std::string_view origin) {
  if (origin.empty()) return {};
  const auto allowed = std::ranges::find_if(cors.origins, [&](const auto& one) { return one == "*" || one == origin; });
  return allowed == cors.origins.end() ? std::string_view() : std::string_view(*allowed);
}

}  // namespace kordon::server
