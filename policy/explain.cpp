#include "policy/explain.hpp"

#include "policy/field.hpp"
#include "policy/flips_at.hpp"
#include "policy/wording.hpp"

namespace kordon::policy {
namespace {

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
  const auto [value_m, threshold_m] = compared_by(clause, measurement.signed_m);
  return {.role = clause.role,
          .rule = rule_id(clause.rule, program),
          .clause = clause_text(program, clause),
          .value_m = value_m,
          .threshold_m = threshold_m,
          .margin_m = field.mid_m,
          .margin_lo_m = field.lo_m,
          .margin_hi_m = field.hi_m,
          .state = state_of(field)};
}

std::vector<ParameterUse> parameters_used(const Program& program, const Measurement& measurement) {
  std::vector<ParameterUse> uses;
  for (const auto i : program.parameters) {
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

Compared compared_by(const Clause& clause, std::span<const double> signed_m) {
  if (clause.kind == Area::Kind::everywhere) return {};
  const double here_m = signed_m[clause.target];
  return {clause.kind == Area::Kind::inside ? here_m : -here_m, clause.radius_m};
}

Because because_of(const Program& program, const Measurement& measurement, const Outcome& outcome) {
  const auto reason = reason_of(program, measurement, outcome);
  auto words = words_of(reason, program, measurement, outcome);
  Because because;
  because.rule = rule_id(reason.rule, program);
  because.clause = std::move(words.clause);
  because.text = std::move(words.text);
  if (reason.clause == none) return because;
  const auto compared = compared_by(program.clauses[reason.clause], measurement.signed_m);
  because.value_m = compared.value_m;
  because.threshold_m = compared.threshold_m;
  because.state = state_of(field_of(program.clauses, reason.clause, measurement));
  return because;
}

Explanation explain(const Program& program, const Measurement& measurement) {
  Explanation explanation;
  explanation.outcome = evaluate(program, measurement);
  for (std::uint32_t i = 0; i < program.clauses.size(); ++i) {
    explanation.clauses.push_back(report_on(i, program, measurement));
  }
  explanation.because = because_of(program, measurement, explanation.outcome);
  explanation.parameters = parameters_used(program, measurement);
  explanation.warnings = warnings_of(program);
  return explanation;
}

}  // namespace kordon::policy
