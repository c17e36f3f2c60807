#pragma once

#include <string>
#include <vector>

#include "evaluation/evaluate_request.hpp"

namespace kordon::evaluation {

/// What goes with every answer to this query: what the policies are not, what is assumed.
std::vector<std::string> notices_of(const CompiledQuery& query);

}  // namespace kordon::evaluation
