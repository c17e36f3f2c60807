#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "world/world.hpp"

namespace kordon::api {

/// `{"policies": [{"id", "title", "known_through", "activities", "url"}, ...]}`.
std::string policies_json(const world::World& world);

/// One policy whole: activities with their scopes, rules with their areas, dates, sources and assumptions, parameters.
/// Nothing if there is none with this id.
std::optional<std::string> policy_json(const world::World& world, std::string_view id);

}  // namespace kordon::api
