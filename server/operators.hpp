#pragma once

#include <optional>
#include <string_view>

#include "api/http/message.hpp"
#include "server/request_head.hpp"
#include "server/shared.hpp"
#include "world/world.hpp"

namespace kordon::server {

/// /livez and /readyz.
bool is_probe(std::string_view target);

/// Whether it is the route of one of the answers below, which are given however much is held for others.
bool is_for_operators(std::string_view route);

/// The answers of /livez, /readyz and /metrics; nothing for another path. Faults of a reload are told in full
/// `to_operators` alone.
std::optional<api::http::Response> answer_operators(const Shared& shared, const world::World& world,
                                                    const RequestHead& head, bool to_operators);

}  // namespace kordon::server
