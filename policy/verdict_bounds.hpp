#pragma once

#include <span>

#include "policy/evaluate.hpp"

namespace kordon::policy {

/// What a number lies between, metres.
struct Between {
  double least_m = 0;
  double most_m = 0;
};

/// What is known of many positions at once, such as those of a way: `Measurement` with bounds of each signed distance.
struct MeasurementBounds {
  std::span<const double> least_m;     ///< of signed_m, by geo::Target
  std::span<const double> most_m;      ///< of signed_m, by geo::Target
  std::span<const double> accuracy_m;  ///< as in Measurement
  double position_accuracy_m = 0;
};

/// What VerdictMargins and Outcome::margin_m lie between at all those positions.
struct VerdictBounds {
  Between not_applicable;
  Between eligible;
  Between ineligible;
  /// No |Outcome::margin_m| is less, but for the millimetre in which a position is on a line.
  double least_margin_m = 0;

  /// Whether the verdict is this one at each of them, but for what goes less than `depth_m` into another.
  [[nodiscard]] bool is_surely(Verdict verdict, double depth_m) const;
};

/// By interval arithmetic: the least and the most of an intersection are those of its parts, and so on.
VerdictBounds bound(const Program& program, const MeasurementBounds& measurement);

}  // namespace kordon::policy
