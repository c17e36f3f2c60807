#pragma once

#include <functional>
#include <string>
#include <vector>

#include "batch/json_scanner.hpp"
#include "evaluation/member.hpp"

namespace kordon::batch {

/// Value of a JSON row's member for an evaluation request; whole numbers of 64 bits stay whole.
evaluation::Value value_of(const JsonMember& member);

/// The members of a row's `parameters`; null has none, and another value than an object is passed on as it is, to be
/// refused.
void add_parameters(const JsonMember& parameters, JsonScanner& scanner, evaluation::Members& out);

/// An object again, of the members that stay.
std::string object_of(const std::vector<JsonMember>& members, const std::function<bool(const JsonMember&)>& stays);

}  // namespace kordon::batch
