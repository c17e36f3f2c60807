#pragma once

#include <expected>
#include <string>

#include "evaluation/error.hpp"
#include "evaluation/evaluator.hpp"
#include "evaluation/member.hpp"
#include "policy/instant.hpp"

namespace kordon::evaluation {

/// One evaluation as JSON: parse, ask, answer.
std::expected<std::string, FieldErrors> evaluate_one(Evaluator& evaluator, const Members& members, policy::Instant now);

}  // namespace kordon::evaluation
