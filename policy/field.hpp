#pragma once

#include <cmath>
#include <limits>

#include "geo/simd/lanes.hpp"
#include "policy/evaluate.hpp"

namespace kordon::policy {

/// The margin of an area at a position with its range: how `evaluate` computes. See `Outcome` for the rules.
struct Field {
  double lo_m;
  double mid_m;
  double hi_m;
  std::int64_t clause;  ///< that gave mid_m, or none
  bool exact;           ///< |mid_m| is the distance to where the sign changes, not just a lower bound of it
};

inline constexpr double unbounded_m = std::numeric_limits<double>::infinity();

KORDON_INLINE Field everywhere(std::uint32_t clause) { return {unbounded_m, unbounded_m, unbounded_m, clause, true}; }

KORDON_INLINE Field negated(const Field& field) {
  return {-field.hi_m, -field.mid_m, -field.lo_m, field.clause, field.exact};
}

/// The field of the intersection. Of equal margins `b` decides.
KORDON_INLINE Field lower(const Field& a, const Field& b) {
  const bool b_decides = b.mid_m <= a.mid_m;
  const double mid_m = b_decides ? b.mid_m : a.mid_m;
  const double other_m = b_decides ? a.mid_m : b.mid_m;
  const bool exact = (b_decides ? b.exact : a.exact) & ((mid_m >= 0.0) | (other_m == unbounded_m));
  return {b.lo_m < a.lo_m ? b.lo_m : a.lo_m, mid_m, b.hi_m < a.hi_m ? b.hi_m : a.hi_m, b_decides ? b.clause : a.clause,
          exact};
}

/// The field of the union. Of equal margins `b` decides.
KORDON_INLINE Field higher(const Field& a, const Field& b) { return negated(lower(negated(a), negated(b))); }

/// How uncertain the distance to a line is: the 95 % radii of the position and the line, as independent.
KORDON_INLINE double uncertainty_m(double position_accuracy_m, double line_accuracy_m) {
  return geo::root(position_accuracy_m * position_accuracy_m + line_accuracy_m * line_accuracy_m);
}

/// The field of a clause that has a line: `signed_m` is its target's, and `position_accuracy_m` the position's. Nearer
/// to the line than `on_line_m` the margin is 0, whichever side the last digit says, and not known better than that.
KORDON_INLINE Field field_of(const Clause& clause, std::uint32_t index, double signed_m, double line_accuracy_m,
                             double position_accuracy_m) {
  using geo::on_line_m;
  const bool on_line = (signed_m < on_line_m) & (signed_m > -on_line_m);
  const double margin_m = clause.radius_m + (on_line ? 0.0 : signed_m);
  const double known_m = uncertainty_m(position_accuracy_m, line_accuracy_m);
  const double u_m = (on_line & (known_m < on_line_m)) ? on_line_m : known_m;
  const bool exact = (clause.kind == Area::Kind::inside) | (margin_m <= 0.0);
  return {margin_m - u_m, margin_m, margin_m + u_m, index, exact};
}

inline Field field_of(std::span<const Clause> clauses, std::uint32_t index, const Measurement& measurement) {
  const Clause& clause = clauses[index];
  if (clause.kind == Area::Kind::everywhere) return everywhere(index);
  return field_of(clause, index, measurement.signed_m[clause.target], measurement.accuracy_m[clause.target],
                  measurement.position_accuracy_m);
}

/// The same without the millimetre in which a position is on the line: it changes by no more than the position moves.
inline Field smooth_field_of(std::span<const Clause> clauses, std::uint32_t index, const Measurement& measurement) {
  const Clause& clause = clauses[index];
  if (clause.kind == Area::Kind::everywhere) return everywhere(index);
  const double margin_m = clause.radius_m + measurement.signed_m[clause.target];
  const double u_m = uncertainty_m(measurement.position_accuracy_m, measurement.accuracy_m[clause.target]);
  return {margin_m - u_m, margin_m, margin_m + u_m, index, true};
}

/// The field of the nominal verdict: not applicable where the scope's margin is negative, else eligible where the
/// permitted area's is positive, else ineligible.
KORDON_INLINE Field decide(const Field& scope, const Field& permitted) {
  const bool outside = scope.mid_m < 0.0;
  const bool permits = permitted.mid_m > 0.0;
  const auto eligible = lower(scope, permitted);
  const auto ineligible = higher(negated(scope), permitted);
  return {outside ? scope.lo_m : (permits ? eligible.lo_m : ineligible.lo_m),
          outside ? scope.mid_m : (permits ? eligible.mid_m : ineligible.mid_m),
          outside ? scope.hi_m : (permits ? eligible.hi_m : ineligible.hi_m),
          outside ? scope.clause : (permits ? eligible.clause : ineligible.clause),
          outside ? scope.exact : (permits ? eligible.exact : ineligible.exact)};
}

}  // namespace kordon::policy
