#pragma once

#include <cmath>
#include <limits>

#include "geo/lanes.hpp"
#include "policy/evaluate.hpp"

namespace kordon::policy {

/// A number for each of R's numbers, and a truth.
template <typename R>
using Number = decltype(geo::bits_of(R{}));
template <typename R>
using Truth = decltype(R{} < R{});

/// The margin of an area at one position, or at one in each lane, with its range: how `evaluate` computes. See
/// `Outcome` for the rules.
template <typename R>
struct alignas(sizeof(R)) Field {
  R lo_m;
  R mid_m;
  R hi_m;
  Number<R> clause;  ///< that gave mid_m, or none
  Truth<R> exact;    ///< |mid_m| is the distance to where the sign changes, not just a lower bound of it
};

inline constexpr double unbounded_m = std::numeric_limits<double>::infinity();

template <typename R>
KORDON_INLINE Field<R> everywhere(std::uint32_t clause) {
  const R unbounded = R{} + unbounded_m;
  return {unbounded, unbounded, unbounded, Number<R>{} + std::int64_t{clause}, R{} == 0.0};
}

template <typename R>
KORDON_INLINE Field<R> negated(const Field<R>& field) {
  return {-field.hi_m, -field.mid_m, -field.lo_m, field.clause, field.exact};
}

/// The field of the intersection. Of equal margins `b` decides.
template <typename R>
KORDON_INLINE Field<R> lower(const Field<R>& a, const Field<R>& b) {
  using geo::pick;
  const Truth<R> b_decides = b.mid_m <= a.mid_m;
  const R mid_m = pick(b_decides, b.mid_m, a.mid_m);
  const R other_m = pick(b_decides, a.mid_m, b.mid_m);
  const Truth<R> exact = (b_decides ? b.exact : a.exact) & ((mid_m >= 0.0) | (other_m == unbounded_m));
  return {pick(b.lo_m < a.lo_m, b.lo_m, a.lo_m), mid_m, pick(b.hi_m < a.hi_m, b.hi_m, a.hi_m),
          b_decides ? b.clause : a.clause, exact};
}

/// The field of the union. Of equal margins `b` decides.
template <typename R>
KORDON_INLINE Field<R> higher(const Field<R>& a, const Field<R>& b) {
  return negated(lower(negated(a), negated(b)));
}

/// How uncertain the distance to a line is: the 95 % radii of the position and the line, as independent.
template <typename R>
KORDON_INLINE R uncertainty_m(const R& position_accuracy_m, double line_accuracy_m) {
  return geo::root(position_accuracy_m * position_accuracy_m + line_accuracy_m * line_accuracy_m);
}

/// A clause that has a line: `signed_m` is its target's, and `position_accuracy_m` the position's.
template <typename R>
KORDON_INLINE Field<R> field_of(const Clause& clause, std::uint32_t index, const R& signed_m, double line_accuracy_m,
                                const R& position_accuracy_m) {
  const R margin_m = clause.radius_m + signed_m;
  const R u_m = uncertainty_m(position_accuracy_m, line_accuracy_m);
  const Truth<R> exact = clause.kind == Area::Kind::inside ? R{} == 0.0 : margin_m <= 0.0;
  return {margin_m - u_m, margin_m, margin_m + u_m, Number<R>{} + std::int64_t{index}, exact};
}

inline Field<double> field_of(const Program& program, std::uint32_t index, const Measurement& measurement) {
  const Clause& clause = program.clauses[index];
  if (clause.kind == Area::Kind::everywhere) return everywhere<double>(index);
  return field_of(clause, index, measurement.signed_m[clause.target], measurement.accuracy_m[clause.target],
                  measurement.position_accuracy_m);
}

/// How far the nominal verdict reaches: not applicable where the scope's margin is negative, else eligible where the
/// permitted area's is positive, else ineligible.
template <typename R>
KORDON_INLINE Field<R> decide(const Field<R>& scope, const Field<R>& permitted) {
  const Truth<R> outside = scope.mid_m < 0.0;
  const Truth<R> permits = permitted.mid_m > 0.0;
  const auto eligible = lower(scope, permitted);
  const auto ineligible = higher(negated(scope), permitted);
  return {outside ? scope.lo_m : (permits ? eligible.lo_m : ineligible.lo_m),
          outside ? scope.mid_m : (permits ? eligible.mid_m : ineligible.mid_m),
          outside ? scope.hi_m : (permits ? eligible.hi_m : ineligible.hi_m),
          outside ? scope.clause : (permits ? eligible.clause : ineligible.clause),
          outside ? scope.exact : (permits ? eligible.exact : ineligible.exact)};
}

}  // namespace kordon::policy
