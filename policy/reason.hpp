#pragma once

#include <string>

#include "policy/evaluate.hpp"

namespace kordon::policy {

/// Why no clause decides: no rule permits the activity at that time.
enum class Absence : std::uint8_t {
  not_yet,    ///< the first permitting rule comes into force later
  no_longer,  ///< the last one is out of force
  between,    ///< one was in force and another one will be
  never,      ///< the policy permits it at no time, or in no place
};

/// What decided a verdict, as indices: the clause and rule that a reader would name. This need not be the clause that
/// limits the margin: deep inside a scope, outside of a permission's area, the margin ends at the scope's edge, but the
/// permission decided.
///
///   eligible        of the permission that holds, the clause nearest to failing
///   ineligible      of a prohibition that holds, its clause nearest to failing; else, of the permission nearest to
///                   holding, the clause that failed (of several, the one that is missed by most); else that no
///                   permission was in force
///   not_applicable  the clause of the scope that failed
///   indeterminate   the clause whose range reaches over 0
struct Reason {
  std::uint32_t clause = none;  ///< index in Program::clauses; none: see `absence`
  std::uint32_t rule = none;    ///< index in Policy::rules; none: the scope, or no clause
  bool prohibits = false;       ///< the clause is that of a prohibition that holds
  Absence absence = Absence::never;
};

/// `outcome` is that of `evaluate` for the same program and measurement. No allocation; well below a microsecond.
Reason reason_of(const Program& program, const Measurement& measurement, const Outcome& outcome);

/// The two texts of a reason, for people; `Because` has the rest, too.
struct ReasonText {
  std::string clause;  ///< as `clause_text`, or what Absence says: `no rule was in force yet on this date`
  std::string text;    ///< `Not within 100 km of the border Russia - Kharkiv oblast: 489.5 km too far`
};

/// For the text of one answer; allocates.
ReasonText words_of(const Reason& reason, const Program& program, const Measurement& measurement,
                    const Outcome& outcome);

}  // namespace kordon::policy
