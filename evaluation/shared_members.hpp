#pragma once

#include "evaluation/error.hpp"
#include "evaluation/member.hpp"
#include "world/world.hpp"

namespace kordon::evaluation {

/// The item's members, and those shared ones that it does not set itself.
Members merged(const Members& own, const Members& shared);

/// Errors in the members that hold for all items of a batch, except those that compiling their query finds.
FieldErrors shared_errors(const world::World& world, const Members& shared);

}  // namespace kordon::evaluation
