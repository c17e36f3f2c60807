#pragma once

#include "api/http/call.hpp"

namespace kordon::api {

/// What each code means, as docs/problems.md says.
http::Response get_problems(const http::Call& call);
http::Response get_problem(const http::Call& call);

}  // namespace kordon::api
