#include "evaluation/change_times.hpp"

#include <algorithm>

namespace kordon::evaluation {

std::vector<policy::Instant> change_times_of(const world::World& world) {
  std::vector<policy::Instant> change_times;
  for (const auto& policy : world.policies) {
    change_times.push_back(policy.known_through);
    for (const auto& rule : policy.rules) {
      if (rule.in_force.from) change_times.push_back(*rule.in_force.from);
      if (rule.in_force.until) change_times.push_back(*rule.in_force.until);
    }
  }
  std::ranges::sort(change_times);
  change_times.erase(std::ranges::unique(change_times).begin(), change_times.end());
  return change_times;
}

/// A turn itself is a time of its own: intervals are half open, and `known_through` is not.
void append_change_time(std::string& key, const std::vector<policy::Instant>& change_times, policy::Instant at) {
  const auto [first, last] = std::ranges::equal_range(change_times, at);
  key += first == last ? '<' : '=';
  key += std::to_string(first - change_times.begin());
}

}  // namespace kordon::evaluation
