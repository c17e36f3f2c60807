#include "policy/program.hpp"

#include <algorithm>

namespace kordon::policy {
namespace {

/// Whose area is being flattened.
struct Owner {
  Role role;
  std::uint32_t rule;
};

double radius_m(const Radius& radius, std::span<const double> values) {
  return (radius.parameter ? values[*radius.parameter] : radius.value) * info(radius.unit).metres;
}

std::uint32_t size_of(const auto& items) { return static_cast<std::uint32_t>(items.size()); }

void append(Program& program, std::vector<Step>& steps, const Area& area, Owner owner) {
  switch (area.kind) {
    case Area::Kind::all:
      steps.push_back({Step::Kind::all, size_of(area.parts)});
      break;
    case Area::Kind::any:
      steps.push_back({Step::Kind::any, size_of(area.parts)});
      break;
    case Area::Kind::negation:
      steps.push_back({Step::Kind::negation, 1});
      break;
    default:
      steps.push_back({Step::Kind::clause, size_of(program.clauses)});
      program.clauses.push_back({.kind = area.kind,
                                 .role = owner.role,
                                 .target = area.target,
                                 .radius_m = radius_m(area.radius, program.values),
                                 .rule = owner.rule,
                                 .area = &area});
      return;
  }
  for (const auto& part : area.parts) append(program, steps, part, owner);
}

/// The rules of the activity with this effect that are in force.
std::vector<std::uint32_t> rules_in_force(const Program& program, Effect effect) {
  std::vector<std::uint32_t> found;
  const auto& rules = program.policy->rules;
  for (std::uint32_t i = 0; i < size_of(rules); ++i) {
    const auto& rule = rules[i];
    if (rule.activity != program.activity || rule.effect != effect || !rule.in_force.contains(program.at)) continue;
    found.push_back(i);
  }
  return found;
}

/// The union of these rules' areas.
void append_union(Program& program, const std::vector<std::uint32_t>& rules, Role role) {
  if (rules.size() != 1) program.permitted.push_back({Step::Kind::any, size_of(rules)});
  for (const auto rule : rules) append(program, program.permitted, program.policy->rules[rule].area, {role, rule});
}

/// E. The prohibitions come first: of equal margins the later part decides, and a permission that reaches as far as
/// the absence of any prohibition (+infinity both) is the better reason.
void append_permitted(Program& program) {
  const auto prohibitions = rules_in_force(program, Effect::prohibit);
  program.prohibitions = prohibitions.size();
  if (!prohibitions.empty()) {
    program.permitted.push_back({Step::Kind::all, 2});
    program.permitted.push_back({Step::Kind::negation, 1});
    append_union(program, prohibitions, Role::prohibit);
  }
  append_union(program, rules_in_force(program, Effect::permit), Role::permit);
}

bool same_test(const Clause& a, const Clause& b) {
  return a.kind == b.kind && a.target == b.target && a.radius_m == b.radius_m;
}

void note_prohibitions(std::vector<Clause>& clauses) {
  for (auto& clause : clauses) {
    if (clause.role != Role::scope) continue;
    const auto prohibits = [&](const Clause& other) {
      return other.role == Role::prohibit && same_test(clause, other);
    };
    const auto found = std::ranges::find_if(clauses, prohibits);
    if (found != clauses.end()) clause.prohibited_by = found->rule;
  }
}

std::vector<geo::Target> targets_of(const std::vector<Clause>& clauses) {
  std::vector<geo::Target> targets;
  for (const auto& clause : clauses) {
    if (clause.kind != Area::Kind::everywhere) targets.push_back(clause.target);
  }
  std::ranges::sort(targets);
  const auto repeated = std::ranges::unique(targets);
  targets.erase(repeated.begin(), repeated.end());
  return targets;
}

std::vector<std::size_t> parameters_of(const Program& program) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < program.values.size(); ++i) {
    const auto compares = [&](const Clause& clause) { return clause.area->radius.parameter == i; };
    if (std::ranges::any_of(program.clauses, compares)) found.push_back(i);
  }
  return found;
}

}  // namespace

Program compile(const Policy& policy, std::size_t activity, Instant at, std::span<const double> values) {
  Program program;
  program.policy = &policy;
  program.activity = activity;
  program.at = at;
  program.values.assign(values.begin(), values.end());

  append_permitted(program);
  append(program, program.scope, policy.activities[activity].scope, {Role::scope, none});

  note_prohibitions(program.clauses);
  program.targets = targets_of(program.clauses);
  program.parameters = parameters_of(program);
  return program;
}

}  // namespace kordon::policy
