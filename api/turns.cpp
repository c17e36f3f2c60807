#include "api/turns.hpp"

#include <algorithm>

namespace kordon::api {

std::vector<policy::Instant> turns_of(const config::World& world) {
  std::vector<policy::Instant> turns;
  for (const auto& policy : world.policies) {
    turns.push_back(policy.known_through);
    for (const auto& rule : policy.rules) {
      if (rule.in_force.from) turns.push_back(*rule.in_force.from);
      if (rule.in_force.until) turns.push_back(*rule.in_force.until);
    }
  }
  std::ranges::sort(turns);
  turns.erase(std::ranges::unique(turns).begin(), turns.end());
  return turns;
}

/// A turn itself is a time of its own: intervals are half open, and `known_through` is not.
void append_turn(std::string& key, const std::vector<policy::Instant>& turns, policy::Instant at) {
  const auto [first, last] = std::ranges::equal_range(turns, at);
  key += first == last ? '<' : '=';
  key += std::to_string(first - turns.begin());
}

}  // namespace kordon::api
