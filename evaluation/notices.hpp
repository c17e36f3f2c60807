#pragma once

#include <string>
#include <vector>

#include "evaluation/evaluate_request.hpp"

namespace kordon::evaluation {

/// Notices that go with every answer to this query: the policies' disclaimers, values that are assumed.
std::vector<std::string> notices_of(const CompiledQuery& query);

}  // namespace kordon::evaluation
