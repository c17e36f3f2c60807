#pragma once

#include "api/error.hpp"
#include "api/member.hpp"
#include "config/world.hpp"

namespace kordon::api {

/// The item's members, and those shared ones that it does not set itself.
Members merged(const Members& own, const Members& shared);

/// What is wrong with the members that hold for all items of a batch, but for the terms they make.
FieldErrors shared_errors(const config::World& world, const Members& shared);

}  // namespace kordon::api
