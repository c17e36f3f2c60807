#include "policy/policy.hpp"

#include <algorithm>

namespace kordon::policy {
namespace {

template <typename T>
std::optional<std::size_t> find_id(const std::vector<T>& items, std::string_view id) {
  const auto found = std::ranges::find(items, id, &T::id);
  if (found == items.end()) return std::nullopt;
  return static_cast<std::size_t>(found - items.begin());
}

}  // namespace

std::optional<std::size_t> Policy::find_activity(std::string_view activity_id) const {
  return find_id(activities, activity_id);
}

std::optional<std::size_t> Policy::find_parameter(std::string_view parameter_id) const {
  return find_id(parameters, parameter_id);
}

}  // namespace kordon::policy
