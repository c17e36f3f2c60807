#pragma once

#include <span>
#include <vector>

#include "policy/evaluate.hpp"

namespace kordon::policy {

/// `Measurement` of many positions, as columns with a row for each.
struct MeasuredColumns {
  std::size_t rows = 0;
  std::vector<std::span<const double>> signed_m;     ///< by geo::Target; only those in Program::targets are read
  std::span<const double> accuracy_m;                ///< by geo::Target
  std::span<const double> position_accuracy_m = {};  ///< by row; empty: 0
};

/// `Outcome` as columns with a row for each position; an empty one is not computed.
struct OutcomeColumns {
  std::span<Verdict> verdict = {};
  std::span<double> margin_m = {};
  std::span<double> margin_lo_m = {};
  std::span<double> margin_hi_m = {};
  std::span<std::uint32_t> clause = {};
};

/// The same as `evaluate` of each row, to the last bit.
void evaluate(const Program& program, const MeasuredColumns& measured, const OutcomeColumns& out);

}  // namespace kordon::policy
