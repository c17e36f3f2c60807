#include "policy/evaluate.hpp"

#include "policy/field.hpp"

namespace kordon::policy {
namespace {

/// The field of the area that begins at `step`, which is moved past it.
Field field_at(const Step*& step, std::span<const Clause> clauses, const Measurement& measurement) {
  const Step here = *step++;
  if (here.kind == Step::Kind::clause) return field_of(clauses, here.count, measurement);
  if (here.kind == Step::Kind::negation) return negated(field_at(step, clauses, measurement));

  const bool all = here.kind == Step::Kind::all;
  auto field = all ? everywhere(none) : negated(everywhere(none));
  for (std::uint32_t i = 0; i < here.count; ++i) {
    const auto part = field_at(step, clauses, measurement);
    field = all ? lower(field, part) : higher(field, part);
  }
  return field;
}

Field field_of(const std::vector<Step>& steps, std::span<const Clause> clauses, const Measurement& measurement) {
  const Step* first = steps.data();
  return field_at(first, clauses, measurement);
}

/// The rule that a reader looks for: ineligible up to the edge of the scope is so by the prohibition that
/// covers the scope, if there is one, although the absence of a permission would do.
std::uint32_t rule_of(std::span<const Clause> clauses, Verdict verdict, std::uint32_t clause) {
  if (clause == none) return none;
  const Clause& decides = clauses[clause];
  const bool prohibited = verdict == Verdict::ineligible && decides.role == Role::scope;
  return prohibited ? decides.prohibited_by : decides.rule;
}

}  // namespace

std::string_view name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::eligible:
      return "eligible";
    case Verdict::ineligible:
      return "ineligible";
    case Verdict::not_applicable:
      return "not_applicable";
    default:
      return "indeterminate";
  }
}

Outcome evaluate(const Program& program, const Measurement& measurement) {
  return evaluate(program, program.clauses, measurement);
}

Outcome evaluate(const Program& program, std::span<const Clause> clauses, const Measurement& measurement) {
  const auto permitted = field_of(program.permitted, clauses, measurement);
  const auto scope = field_of(program.scope, clauses, measurement);
  const auto field = decide(scope, permitted);

  auto verdict = Verdict::ineligible;
  if (permitted.mid_m > 0) verdict = Verdict::eligible;
  if (scope.mid_m < 0) verdict = Verdict::not_applicable;
  const auto clause = static_cast<std::uint32_t>(field.clause);
  const bool uncertain = field.lo_m <= 0 && field.hi_m >= 0;
  return {.verdict = uncertain ? Verdict::indeterminate : verdict,
          .margin_exact = field.exact || std::isinf(field.mid_m),
          .margin_m = field.mid_m,
          .margin_lo_m = field.lo_m,
          .margin_hi_m = field.hi_m,
          .clause = clause,
          .rule = rule_of(clauses, verdict, clause)};
}

}  // namespace kordon::policy
