#pragma once

#include <expected>
#include <map>
#include <string>
#include <vector>

#include "policy/policy.hpp"

namespace kordon::policy {

/// What a request sets, by parameter id, in the parameter's own unit.
using Overrides = std::map<std::string, double, std::less<>>;

struct ValueFault {
  std::string parameter;
  std::string message;  ///< what was found and what was expected
};

/// One value for each parameter of the policy, in its order and unit: the override or the default.
/// All faults at once: an unknown parameter, a value outside [min, max] or not finite.
std::expected<std::vector<double>, std::vector<ValueFault>> choose_values(const Policy& policy,
                                                                          const Overrides& overrides);

}  // namespace kordon::policy
