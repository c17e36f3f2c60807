#pragma once

#include <expected>

#include "evaluation/error.hpp"
#include "evaluation/member.hpp"
#include "evaluation/time_text.hpp"

namespace kordon::evaluation {

/// Reads `at_zone` and `at_format`, for times that do not state them.
std::expected<TimeReading, FieldErrors> read_time_reading(const Members& members);

}  // namespace kordon::evaluation
