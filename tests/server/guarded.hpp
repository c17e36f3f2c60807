#pragma once

#include "tests/server/running.hpp"

namespace kordon::test {

/// A world that asks for the token `secret` of alice.
server::WorldPointer guarded_world();

/// The first answer to these bytes on a connection of their own.
std::string answer(std::uint16_t port, std::string_view request);

/// `GET` with an Authorization field.
std::string with_token(std::string_view target, std::string_view authorization);

/// A request with a body that is announced.
std::string announced(std::string_view method, std::string_view target, std::string_view framing);

}  // namespace kordon::test
