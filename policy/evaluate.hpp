#pragma once

#include <cstdint>
#include <span>

#include "policy/program.hpp"

namespace kordon::policy {

enum class Verdict : std::uint8_t { eligible, ineligible, indeterminate, not_applicable };

/// `eligible`, `ineligible`, `indeterminate`, `not_applicable`.
std::string_view name_of(Verdict verdict);

/// Where a position stands against the lines, and how well both are known. Both spans are indexed by geo::Target;
/// only the entries in Program::targets are read, the others may hold anything.
struct Measurement {
  std::span<const double> signed_m;    ///< region: + inside, - outside; border section: minus the distance
  std::span<const double> accuracy_m;  ///< 95 % positional error of the target's line
  double position_accuracy_m = 0;
};

/// A verdict and its margin.
///
/// Each clause has a margin m: inside = signed distance; within D = D + signed distance; everywhere = +infinity;
/// and a range m - u to m + u with u = sqrt(position accuracy^2 + line accuracy^2). Margins and the ends of ranges go
/// through minimum (all), maximum (any) and negation (not). With E the permitted area less the prohibited one (of no
/// permit: -infinity) and S the scope, the nominal verdict (u = 0) and its margin are
///
///   S < 0         not_applicable   S               distance to the scope
///   S > 0, E > 0  eligible         min(E, S)       distance to the end of the permission or of the scope
///   S > 0, E < 0  ineligible       max(E, -S)      minus the distance to a permission or to the end of the scope
///
/// and the verdict is indeterminate where the margin's range holds 0; else the nominal verdict is the verdict. This is
/// the contract's table, but that `eligible` also asks that S be wholly above 0: with a permit that reaches beyond
/// its scope, a position would else be eligible when badly known and not_applicable when well known.
///
/// |margin_m| is safe: no position nearer than that has another nominal verdict. It is exact (`margin_exact`: a
/// position just beyond it does) by these rules:
/// - inside: exact. within: exact outside the zone; in it a lower bound, because moving away from the nearest point of
///   the line can bring another one nearer. everywhere: exact.
/// - all, positive: exact if the deciding part is; negative: only if all other parts are +infinity.
/// - any, negative: exact if the deciding part is; positive: only if all other parts are -infinity.
/// - not: as its part.
/// `margin_exact` false means "at least", never "wrong".
struct Outcome {
  Verdict verdict = Verdict::indeterminate;
  bool margin_exact = false;
  double margin_m = 0;     ///< > 0 eligible, < 0 ineligible or not_applicable; +-infinity where no move changes it
  double margin_lo_m = 0;  ///< margin_lo_m <= margin_m <= margin_hi_m; may be infinite
  double margin_hi_m = 0;
  std::uint32_t clause = none;  ///< the clause that gave margin_m; none: no rule permits, and the scope has no end
};

/// Pure, no allocation, thread-safe. Signed distances may be infinite (a region without a boundary), not NaN.
Outcome evaluate(const Program& program, const Measurement& measurement);

/// The same with these in the place of the program's clauses: as many, and other radii at most.
Outcome evaluate(const Program& program, std::span<const Clause> clauses, const Measurement& measurement);

}  // namespace kordon::policy
