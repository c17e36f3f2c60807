#include "policy/verdict_bounds.hpp"

#include <algorithm>

#include "policy/field.hpp"

namespace kordon::policy {
namespace {

Between lower(const Between& a, const Between& b) {
  return {std::min(a.least_m, b.least_m), std::min(a.most_m, b.most_m)};
}

Between negated(const Between& a) { return {-a.most_m, -a.least_m}; }

/// A `Field` of all positions.
struct FieldBounds {
  Between lo, mid, hi;
};

FieldBounds lower(const FieldBounds& a, const FieldBounds& b) {
  return {lower(a.lo, b.lo), lower(a.mid, b.mid), lower(a.hi, b.hi)};
}

FieldBounds negated(const FieldBounds& a) { return {negated(a.hi), negated(a.mid), negated(a.lo)}; }

FieldBounds everywhere_bounds() {
  constexpr Between all{unbounded_m, unbounded_m};
  return {all, all, all};
}

FieldBounds bounds_of(const Clause& clause, const MeasurementBounds& measurement) {
  if (clause.kind == Area::Kind::everywhere) return everywhere_bounds();
  const double u_m = uncertainty_m(measurement.position_accuracy_m, measurement.accuracy_m[clause.target]);
  const double least_m = clause.radius_m + measurement.least_m[clause.target];
  const double most_m = clause.radius_m + measurement.most_m[clause.target];
  return {{least_m - u_m, most_m - u_m}, {least_m, most_m}, {least_m + u_m, most_m + u_m}};
}

/// Of the area that begins at `step`, which is moved past it.
FieldBounds bounds_at(const Step*& step, const Program& program, const MeasurementBounds& measurement) {
  const Step here = *step++;
  if (here.kind == Step::Kind::clause) return bounds_of(program.clauses[here.count], measurement);
  if (here.kind == Step::Kind::negation) return negated(bounds_at(step, program, measurement));
  const bool all = here.kind == Step::Kind::all;
  auto bounds = everywhere_bounds();
  for (std::uint32_t i = 0; i < here.count; ++i) {
    const auto part = bounds_at(step, program, measurement);
    bounds = lower(bounds, all ? part : negated(part));
  }
  return all ? bounds : negated(bounds);
}

/// Of |mid_m| as `decide` takes it.
double least_margin_m(const Between& scope, const Between& permitted) {
  if (scope.most_m < 0) return -scope.most_m;
  if (scope.least_m < 0) return 0;
  if (permitted.least_m > 0) return std::min(scope.least_m, permitted.least_m);
  return std::max(std::min(scope.least_m, -permitted.most_m), 0.0);
}

}  // namespace

bool VerdictBounds::is_surely(Verdict verdict, double depth_m) const {
  switch (verdict) {
    case Verdict::not_applicable:
      return not_applicable.least_m > -depth_m;
    case Verdict::eligible:
      return eligible.least_m > -depth_m;
    case Verdict::ineligible:
      return ineligible.least_m > -depth_m;
    default:
      return std::max(std::max(not_applicable.most_m, eligible.most_m), ineligible.most_m) < depth_m;
  }
}

VerdictBounds bound(const Program& program, const MeasurementBounds& measurement) {
  const Step* step = program.permitted.data();
  const auto permitted = bounds_at(step, program, measurement);
  step = program.scope.data();
  const auto scope = bounds_at(step, program, measurement);
  return {.not_applicable = negated(scope.hi),
          .eligible = lower(scope.lo, permitted.lo),
          .ineligible = lower(scope.lo, negated(permitted.hi)),
          .least_margin_m = least_margin_m(scope.mid, permitted.mid)};
}

}  // namespace kordon::policy
