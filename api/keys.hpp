#pragma once

#include <cstdint>

#include "api/error.hpp"
#include "api/member.hpp"
#include "config/world.hpp"

namespace kordon::api {

/// What a key of an evaluation request is about.
enum class KeyKind : std::uint8_t { place, terms, parameter, id, unknown };

/// Members of `parameters` are parameters whatever their name; whether a policy has them is checked with the terms.
KeyKind kind_of(const config::World& world, const Member& member);

/// A fault for every key that an evaluation does not have. `id` belongs to batch items only.
FieldErrors unknown_keys(const config::World& world, const Members& members, bool in_batch);

}  // namespace kordon::api
