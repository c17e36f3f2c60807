#pragma once

#include "api/call.hpp"

namespace kordon::api {

/// What each code means, as docs/problems.md says.
Response get_problems(const Call& call);
Response get_problem(const Call& call);

}  // namespace kordon::api
