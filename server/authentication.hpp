#pragma once

#include <optional>

#include "api/http/message.hpp"
#include "server/caller.hpp"
#include "server/client_key.hpp"
#include "server/request_head.hpp"
#include "server/shared.hpp"
#include "world/world.hpp"

namespace kordon::server {

/// Access of a request: the problem with it, if any, its token, and the client that limits count it for.
struct Access {
  std::optional<api::http::Response> problem;  ///< 401, 421 or 429; nothing: it may be answered
  const world::Token* token = nullptr;         ///< one of those given
  ClientKey client{};                          ///< the client that limits count it for: the token, else the address
};

/// Authenticates a request by its bearer token, where tokens are configured, and holds it against the client's rate
/// limit and the names that the service goes by. The probes /livez and /readyz are for everybody, and so are OPTIONS,
/// which browsers send without a token. The operators' own listener asks for nothing.
Access authenticate(Shared& shared, const Tokens& tokens, const RequestHead& head, const Caller& caller);

}  // namespace kordon::server
