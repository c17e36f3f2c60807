#pragma once

#include <algorithm>
#include <cmath>

#include "policy/evaluate.hpp"

namespace kordon::policy {

/// The margin of each verdict but `indeterminate`: positive where it is the verdict, negative elsewhere, and nowhere
/// two of them positive. Each changes by no more than a position moves, if accuracies stay: the millimetre in which a
/// position is on a line is left out, so that within 2 mm of a change `Outcome` may say otherwise. With the lower and
/// upper ends of the ranges of the scope S and of the permitted area E.
struct VerdictMargins {
  double not_applicable_m = 0;  ///< -S_hi
  double eligible_m = 0;        ///< min(S_lo, E_lo)
  double ineligible_m = 0;      ///< min(S_lo, -E_hi)
  double permits_m = 0;         ///< min(S, E), the middles: Outcome::margin_m where that is positive, else no more

  /// How far a position can move at least before its verdict changes, indeterminate included.
  [[nodiscard]] double stays_m() const { return std::abs(std::max({not_applicable_m, eligible_m, ineligible_m})); }
};

/// The same outcome as `evaluate` without them, and the margins of all verdicts.
Outcome evaluate(const Program& program, const Measurement& measurement, VerdictMargins& margins);

/// The clause that changes the verdict where a line crosses from one to another: that with an end of its range nearest
/// to 0. None: no clause has a margin.
std::uint32_t clause_at_change(const Program& program, const Measurement& measurement);

}  // namespace kordon::policy
