#pragma once

#include <optional>

#include "policy/evaluate.hpp"

namespace kordon::policy {

/// See ParameterUse::flips_at. `parameter` is an index in Policy::parameters.
std::optional<double> flips_at(const Program& program, const Measurement& measurement, std::size_t parameter);

}  // namespace kordon::policy
