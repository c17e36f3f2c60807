#include "policy/evaluate.hpp"

#include "policy/field.hpp"
#include "policy/verdict_margins.hpp"

namespace kordon::policy {
namespace {

/// The field of a clause as a verdict takes it, or smooth, as margins of verdicts take it.
enum class Kind : std::uint8_t { stepped, smooth };

/// The field of the area that begins at `step`, which is moved past it.
template <Kind kind>
Field field_at(const Step*& step, std::span<const Clause> clauses, const Measurement& measurement) {
  const Step here = *step++;
  if (here.kind == Step::Kind::clause) {
    return kind == Kind::stepped ? field_of(clauses, here.count, measurement)
                                 : smooth_field_of(clauses, here.count, measurement);
  }
  if (here.kind == Step::Kind::negation) return negated(field_at<kind>(step, clauses, measurement));

  const bool all = here.kind == Step::Kind::all;
  auto field = all ? everywhere(none) : negated(everywhere(none));
  for (std::uint32_t i = 0; i < here.count; ++i) {
    const auto part = field_at<kind>(step, clauses, measurement);
    field = all ? lower(field, part) : higher(field, part);
  }
  return field;
}

template <Kind kind = Kind::stepped>
Field field_of(const std::vector<Step>& steps, std::span<const Clause> clauses, const Measurement& measurement) {
  const Step* first = steps.data();
  return field_at<kind>(first, clauses, measurement);
}

/// The verdict and margin that the two areas make.
Outcome outcome_of(const Field& scope, const Field& permitted) {
  const auto field = decide(scope, permitted);
  auto verdict = Verdict::ineligible;
  if (permitted.mid_m > 0) verdict = Verdict::eligible;
  if (scope.mid_m < 0) verdict = Verdict::not_applicable;
  const bool uncertain = field.lo_m <= 0 && field.hi_m >= 0;
  return {.verdict = uncertain ? Verdict::indeterminate : verdict,
          .margin_exact = field.exact || std::isinf(field.mid_m),
          .margin_m = field.mid_m,
          .margin_lo_m = field.lo_m,
          .margin_hi_m = field.hi_m,
          .clause = static_cast<std::uint32_t>(field.clause)};
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

Outcome evaluate(const Program& program, const Measurement& measurement, VerdictMargins& margins) {
  const auto permitted = field_of<Kind::smooth>(program.permitted, program.clauses, measurement);
  const auto scope = field_of<Kind::smooth>(program.scope, program.clauses, measurement);
  margins = {.not_applicable_m = -scope.hi_m,
             .eligible_m = std::min(scope.lo_m, permitted.lo_m),
             .ineligible_m = std::min(scope.lo_m, -permitted.hi_m),
             .permits_m = std::min(scope.mid_m, permitted.mid_m)};
  return evaluate(program, measurement);
}

std::uint32_t clause_at_change(const Program& program, const Measurement& measurement) {
  std::uint32_t nearest = none;
  double least_m = unbounded_m;
  for (std::uint32_t i = 0; i < program.clauses.size(); ++i) {
    const auto field = field_of(program.clauses, i, measurement);
    const double off_m = std::min(std::abs(field.lo_m), std::abs(field.hi_m));
    if (off_m < least_m) least_m = off_m, nearest = i;
  }
  return nearest;
}

Outcome evaluate(const Program& program, std::span<const Clause> clauses, const Measurement& measurement) {
  const auto permitted = field_of(program.permitted, clauses, measurement);
  const auto scope = field_of(program.scope, clauses, measurement);
  return outcome_of(scope, permitted);
}

}  // namespace kordon::policy
