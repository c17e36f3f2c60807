#pragma once

#include <cstdint>

#include "evaluation/error.hpp"
#include "evaluation/member.hpp"
#include "world/world.hpp"

namespace kordon::evaluation {

/// Kind of a key of an evaluation request.
enum class KeyKind : std::uint8_t { place, query, parameter, id, unknown };

/// Members of `parameters` are parameters whatever their name; whether a policy has them is checked when they are
/// compiled.
KeyKind kind_of(const world::World& world, const Member& member);

/// An error for every key that an evaluation does not have. `id` belongs to batch items only.
FieldErrors unknown_keys(const world::World& world, const Members& members, bool in_batch);

}  // namespace kordon::evaluation
