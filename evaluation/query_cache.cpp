#include "evaluation/query_cache.hpp"

#include <algorithm>

namespace kordon::evaluation {
namespace {

/// When anything in a policy begins or ends, each once.
std::vector<policy::Instant> change_times_of(const world::World& world) {
  std::vector<policy::Instant> times;
  for (const auto& policy : world.policies) {
    times.push_back(policy.known_through);
    for (const auto& rule : policy.rules) {
      if (rule.in_force.from) times.push_back(*rule.in_force.from);
      if (rule.in_force.until) times.push_back(*rule.in_force.until);
    }
  }
  std::ranges::sort(times);
  times.erase(std::ranges::unique(times).begin(), times.end());
  return times;
}

}  // namespace

QueryCache::QueryCache(const world::World& world, std::size_t capacity)
    : world_(world), capacity_(capacity), change_times_(change_times_of(world)) {}

/// A change is a span of its own: intervals are half open, and `known_through` is not.
std::size_t QueryCache::span_of(policy::Instant at) const {
  const auto [first, last] = std::ranges::equal_range(change_times_, at);
  return static_cast<std::size_t>((first - change_times_.begin()) + (last - change_times_.begin()));
}

void QueryCache::make_key(std::string_view text, std::size_t span) {
  key_.assign(text);
  (key_ += '\n') += std::to_string(span);
}

const PreparedQuery* QueryCache::find(std::string_view text, std::size_t span) {
  make_key(text, span);
  const auto found = known_.find(key_);
  return found == known_.end() ? nullptr : &found->second;
}

const PreparedQuery& QueryCache::learn(std::string_view text, std::size_t span, CompiledQuery query) {
  make_key(text, span);
  return known_.try_emplace(key_, world_, std::move(query)).first->second;
}

void QueryCache::trim() {
  if (known_.size() > capacity_) known_.clear();
}

}  // namespace kordon::evaluation
