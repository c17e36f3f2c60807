#pragma once

#include <expected>

#include "evaluation/error.hpp"
#include "evaluation/member.hpp"
#include "evaluation/time_text.hpp"

namespace kordon::evaluation {

/// Reads `at_zone` and `at_format`: how times are read that do not say it themselves.
std::expected<TimeReading, FieldErrors> read_time_reading(const Members& members);

}  // namespace kordon::evaluation
