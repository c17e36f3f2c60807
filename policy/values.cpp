#include "policy/values.hpp"

#include <fmt/format.h>

namespace kordon::policy {
namespace {

std::string expected_range(const Parameter& parameter, double found) {
  return fmt::format("is {}, expected {} to {} {}", found, parameter.min, parameter.max, info(parameter.unit).symbol);
}

}  // namespace

std::expected<std::vector<double>, std::vector<ValueFault>> choose_values(const Policy& policy,
                                                                          const Overrides& overrides) {
  std::vector<double> values;
  values.reserve(policy.parameters.size());
  for (const auto& parameter : policy.parameters) values.push_back(parameter.value);

  std::vector<ValueFault> faults;
  for (const auto& [id, value] : overrides) {
    const auto index = policy.find_parameter(id);
    if (!index) {
      faults.push_back({id, fmt::format("policy '{}' has no such parameter", policy.id)});
      continue;
    }
    const auto& parameter = policy.parameters[*index];
    if (!(value >= parameter.min && value <= parameter.max)) {  // also true of NaN
      faults.push_back({id, expected_range(parameter, value)});
      continue;
    }
    values[*index] = value;
  }
  if (!faults.empty()) return std::unexpected(std::move(faults));
  return values;
}

}  // namespace kordon::policy
