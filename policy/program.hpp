#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "policy/policy.hpp"

namespace kordon::policy {

/// Stands for "no rule" and "no clause" where an index is kept small.
inline constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

/// What a clause is there for.
enum class Role : std::uint8_t { permit, prohibit, scope };

/// A test with a margin, its parameters already replaced by values.
struct Clause {
  Area::Kind kind = Area::Kind::everywhere;  ///< everywhere, inside or within
  Role role = Role::scope;
  geo::Target target = 0;
  double radius_m = 0;        ///< 0 for inside
  std::uint32_t rule = none;  ///< index in Policy::rules; none: the activity's scope
  /// For a clause of the scope: the first prohibiting rule in force that makes the same test, or none.
  std::uint32_t prohibited_by = none;
  const Area* area = nullptr;  ///< where it was stated
};

/// One node of an area in prefix order: its parts follow it.
struct Step {
  enum class Kind : std::uint8_t { clause, all, any, negation };
  Kind kind = Kind::clause;
  std::uint32_t count = 0;  ///< clause: index in Program::clauses; all, any: number of parts
};

/// What one activity of one policy asks at one instant, flattened so that `evaluate` needs no allocation.
/// Compile once, evaluate any number of positions in any number of threads.
struct Program {
  const Policy* policy = nullptr;  ///< must outlive the program
  std::size_t activity = 0;
  Instant at;
  std::vector<double> values;  ///< one for each parameter, in its own unit
  std::vector<Clause> clauses;
  std::size_t prohibitions = 0;         ///< how many rules that prohibit are in force
  std::vector<Step> permitted;          ///< E: any permit in force and not any prohibit in force
  std::vector<Step> scope;              ///< S: where the policy has anything to say
  std::vector<geo::Target> targets;     ///< whose distances `evaluate` reads; ascending, distinct
  std::vector<std::size_t> parameters;  ///< that clauses compare with: indices in Policy::parameters, ascending
};

/// `activity` is an index in `policy.activities`; `values` has one entry for each parameter, see `choose_values`.
Program compile(const Policy& policy, std::size_t activity, Instant at, std::span<const double> values);

}  // namespace kordon::policy
