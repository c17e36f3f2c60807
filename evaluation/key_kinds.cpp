#include "evaluation/key_kinds.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <set>

namespace kordon::evaluation {
namespace {

constexpr std::array<std::string_view, 7> place_keys{"lon", "lat", "position", "accuracy_m", "crs", "x", "y"};
constexpr std::array<std::string_view, 9> query_keys{"at",         "at_zone", "at_format", "activity", "policy",
                                                     "parameters", "near_km", "nearest",   "regions"};

constexpr std::size_t most_unknown = 100;  // no answer names more

bool is_one_of(std::string_view key, const auto& keys) { return std::ranges::find(keys, key) != keys.end(); }

bool is_parameter(const world::World& world, std::string_view key) {
  return std::ranges::any_of(world.policies,
                             [&](const policy::Policy& policy) { return policy.find_parameter(key).has_value(); });
}

std::string known_keys(const world::World& world) {
  std::set<std::string> parameters;
  for (const auto& policy : world.policies) {
    for (const auto& parameter : policy.parameters) parameters.insert(parameter.id);
  }
  return fmt::format("{}, {}, {}", fmt::join(place_keys, ", "), fmt::join(query_keys, ", "),
                     fmt::join(parameters, ", "));
}

}  // namespace

KeyKind kind_of(const world::World& world, const Member& member) {
  if (member.in_parameters) return KeyKind::parameter;
  if (is_one_of(member.key, place_keys)) return KeyKind::place;
  if (is_one_of(member.key, query_keys)) return KeyKind::query;
  if (is_parameter(world, member.key)) return KeyKind::parameter;
  return member.key == "id" ? KeyKind::id : KeyKind::unknown;
}

FieldErrors unknown_keys(const world::World& world, const Members& members, bool in_batch) {
  FieldErrors errors;
  std::string known;
  for (const Member& member : members) {
    const KeyKind kind = kind_of(world, member);
    if (kind != KeyKind::unknown && (kind != KeyKind::id || in_batch)) continue;
    if (known.empty()) known = "expected one of: " + known_keys(world);
    errors.push_back({member.key, Code::unknown_key, known});
    if (errors.size() == most_unknown) break;
  }
  return errors;
}

}  // namespace kordon::evaluation
