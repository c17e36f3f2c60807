#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

#include "policy/evaluate.hpp"

namespace kordon::policy {

/// The margin of an area at one position, with its range: how `evaluate` computes. See `Outcome` for the rules.
struct Field {
  double lo_m;
  double mid_m;
  double hi_m;
  std::uint32_t clause;  ///< that gave mid_m, or none
  bool exact;            ///< |mid_m| is the distance to where the sign changes, not just a lower bound of it
};

inline constexpr double unbounded_m = std::numeric_limits<double>::infinity();
inline constexpr Field everything{unbounded_m, unbounded_m, unbounded_m, none, true};

inline Field negated(const Field& field) { return {-field.hi_m, -field.mid_m, -field.lo_m, field.clause, field.exact}; }

/// The field of the intersection. Of equal margins `b` decides.
inline Field lower(const Field& a, const Field& b) {
  const bool b_decides = b.mid_m <= a.mid_m;
  const Field& decides = b_decides ? b : a;
  const Field& other = b_decides ? a : b;
  const bool exact = decides.exact && (decides.mid_m >= 0 || other.mid_m == unbounded_m);
  return {std::min(a.lo_m, b.lo_m), decides.mid_m, std::min(a.hi_m, b.hi_m), decides.clause, exact};
}

/// The field of the union. Of equal margins `b` decides.
inline Field higher(const Field& a, const Field& b) { return negated(lower(negated(a), negated(b))); }

/// How uncertain the distance to a target's line is: the 95 % radii of the position and the line, as independent.
inline double uncertainty_m(const Measurement& measurement, geo::Target target) {
  const double line_m = measurement.accuracy_m[target];
  const double position_m = measurement.position_accuracy_m;
  return std::sqrt(position_m * position_m + line_m * line_m);
}

inline Field field_of(const Program& program, std::uint32_t index, const Measurement& measurement) {
  const Clause& clause = program.clauses[index];
  if (clause.kind == Area::Kind::everywhere) return {unbounded_m, unbounded_m, unbounded_m, index, true};

  const double margin_m = clause.radius_m + measurement.signed_m[clause.target];
  const double u_m = uncertainty_m(measurement, clause.target);
  const bool exact = clause.kind == Area::Kind::inside || margin_m <= 0;
  return {margin_m - u_m, margin_m, margin_m + u_m, index, exact};
}

}  // namespace kordon::policy
