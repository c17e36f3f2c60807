#pragma once

#include <optional>
#include <string_view>

#include "api/http/message.hpp"
#include "server/caller.hpp"
#include "server/client_key.hpp"
#include "server/request_head.hpp"
#include "server/shared.hpp"
#include "world/world.hpp"

namespace kordon::server {

struct Admitted {
  std::optional<api::http::Response> refusal;  ///< 401, 421 or 429; nothing: let in
  const world::Token* token = nullptr;         ///< one of those given
  ClientKey client{};                          ///< whom limits count this request for: the token, else the address
};

/// Asks for a name that the service goes by, for a bearer token where they are asked for, and for a rate within the
/// limit. The probes /livez and /readyz are for
/// everybody, and so are OPTIONS, which browsers send without a token. The operators' own listener asks for nothing.
Admitted admit(Shared& shared, const Tokens& tokens, const RequestHead& head, const Caller& caller);

/// The value of `Access-Control-Allow-Origin` for a request's `Origin`: itself, `*`, or empty where no page of that
/// origin may read answers.
std::string_view allowed_origin(const config::Cors& cors, std::string_view origin);

}  // namespace kordon::server
