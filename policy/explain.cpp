#include "policy/explain.hpp"

#include <fmt/compile.h>
#include <fmt/format.h>

#include <algorithm>

#include "policy/field.hpp"
#include "policy/flips_at.hpp"

namespace kordon::policy {
namespace {

std::string length_text(const Radius& radius, const Program& program) {
  const double value = radius.parameter ? program.values[*radius.parameter] : radius.value;
  return fmt::format(FMT_COMPILE("{} {}"), value, info(radius.unit).symbol);
}

std::string clause_text(const Area& clause, const Program& program) {
  if (clause.kind == Area::Kind::everywhere) return "everywhere";
  if (clause.kind == Area::Kind::inside) return "inside " + clause.target_id;
  return fmt::format(FMT_COMPILE("within {} of {}"), length_text(clause.radius, program), clause.target_id);
}

std::string rule_id(std::uint32_t rule, const Program& program) {
  return rule == none ? std::string() : program.policy->rules[rule].id;
}

State state_of(const Field& field) {
  if (field.lo_m > 0) return State::holds;
  return field.hi_m < 0 ? State::fails : State::uncertain;
}

ClauseReport report_on(std::uint32_t index, const Program& program, const Measurement& measurement) {
  const Clause& clause = program.clauses[index];
  const auto field = field_of(program.clauses, index, measurement);
  ClauseReport report;
  report.role = clause.role;
  report.rule = rule_id(clause.rule, program);
  report.clause = clause_text(*clause.area, program);
  report.margin_m = field.mid_m;
  report.margin_lo_m = field.lo_m;
  report.margin_hi_m = field.hi_m;
  report.state = state_of(field);
  if (clause.kind == Area::Kind::everywhere) return report;
  const double signed_m = measurement.signed_m[clause.target];
  report.value_m = clause.kind == Area::Kind::inside ? signed_m : -signed_m;
  report.threshold_m = clause.radius_m;
  return report;
}

Because reason(const Outcome& outcome, const std::vector<ClauseReport>& reports, const Program& program) {
  if (outcome.clause == none) return {{}, "no permitting rule is in force", {}, {}};
  const auto& decides = reports[outcome.clause];
  return {rule_id(outcome.rule, program), decides.clause, decides.value_m, decides.threshold_m};
}

std::vector<ParameterUse> parameters_used(const Program& program, const Measurement& measurement) {
  std::vector<ParameterUse> uses;
  for (std::size_t i = 0; i < program.policy->parameters.size(); ++i) {
    const auto compares = [&](const Clause& clause) { return clause.area->radius.parameter == i; };
    if (std::ranges::none_of(program.clauses, compares)) continue;
    const auto& parameter = program.policy->parameters[i];
    uses.push_back({.id = parameter.id,
                    .value = program.values[i],
                    .unit = parameter.unit,
                    .assumed = parameter.assumed,
                    .note = parameter.note,
                    .flips_at = flips_at(program, measurement, i)});
  }
  return uses;
}

std::string assumption(const ParameterUse& use) {
  return fmt::format(FMT_COMPILE("{} = {} {} is assumed: {}"), use.id, use.value, info(use.unit).symbol, use.note);
}

std::vector<std::string> warnings(const Program& program, const std::vector<ParameterUse>& parameters) {
  std::vector<std::string> texts;
  for (const auto& use : parameters) {
    if (use.assumed) texts.push_back(assumption(use));
  }
  const auto& policy = *program.policy;
  for (const auto& rule : policy.rules) {
    if (rule.activity != program.activity || !rule.in_force.contains(program.at)) continue;
    for (const auto& note : rule.assumed)
      texts.push_back(fmt::format(FMT_COMPILE("rule {} assumes: {}"), rule.id, note));
  }
  if (program.at > policy.known_through) {
    texts.push_back(fmt::format(FMT_COMPILE("policy {} is known through {}: later guidance is not in it"), policy.id,
                                to_text(policy.known_through)));
  }
  return texts;
}

}  // namespace

std::string_view name_of(State state) {
  switch (state) {
    case State::holds:
      return "holds";
    case State::fails:
      return "fails";
    default:
      return "uncertain";
  }
}

std::string_view name_of(Role role) {
  switch (role) {
    case Role::permit:
      return "permit";
    case Role::prohibit:
      return "prohibit";
    default:
      return "scope";
  }
}

Explanation explain(const Program& program, const Measurement& measurement) {
  Explanation explanation;
  explanation.outcome = evaluate(program, measurement);
  for (std::uint32_t i = 0; i < program.clauses.size(); ++i) {
    explanation.clauses.push_back(report_on(i, program, measurement));
  }
  explanation.because = reason(explanation.outcome, explanation.clauses, program);
  explanation.parameters = parameters_used(program, measurement);
  explanation.warnings = warnings(program, explanation.parameters);
  return explanation;
}

}  // namespace kordon::policy
