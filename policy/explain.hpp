#pragma once

#include <optional>
#include <string>
#include <vector>

#include "policy/reason.hpp"

namespace kordon::policy {

/// Whether a clause's range lies wholly above 0, wholly below, or holds 0.
enum class State : std::uint8_t { holds, fails, uncertain };

/// `holds`, `fails`, `uncertain`.
std::string_view name_of(State state);

/// `permit`, `prohibit`, `scope`.
std::string_view name_of(Role role);

/// What a clause compares. Nothing for everywhere.
struct Compared {
  std::optional<double> value_m;      ///< inside: the signed distance; within: the distance, negative in a region
  std::optional<double> threshold_m;  ///< inside: 0; within: the radius
};

/// `signed_m` is as a Measurement has it.
Compared compared_by(const Clause& clause, std::span<const double> signed_m);

/// A clause as it stands at the position.
struct ClauseReport {
  Role role = Role::scope;
  std::string rule;               ///< rule id; empty: the scope
  std::string clause;             ///< `inside RU`, `within 100 km of RU|UA-63`, `everywhere`
  std::optional<double> value_m;  ///< see Compared
  std::optional<double> threshold_m;
  double margin_m = 0;  ///< +infinity for everywhere
  double margin_lo_m = 0;
  double margin_hi_m = 0;
  State state = State::uncertain;
};

/// A `Reason` as an answer states it: names, numbers and words instead of indices.
struct Because {
  std::string rule;    ///< rule id; empty: the scope decides, or no rule permits
  std::string clause;  ///< the clause's text, or that no rule is in force
  std::optional<double> value_m;
  std::optional<double> threshold_m;
  std::optional<State> state;  ///< of the clause; nothing where none decides
  std::string text;  ///< for people: `Not within 100 km of the border Russia - Kharkiv oblast: 489.5 km too far`
};

/// A parameter that a clause in force compares with.
struct ParameterUse {
  std::string id;
  double value = 0;  ///< in `unit`
  Unit unit = Unit::metre;
  bool assumed = false;
  std::string note;
  /// The value nearest to `value`, within the parameter's [min, max], at which this verdict changes with all else
  /// equal; nothing if it is the same over the whole range.
  std::optional<double> flips_at;
};

/// An outcome with its reason and all that led to it: every clause in force, parameters, warnings.
struct Explanation {
  Outcome outcome;
  Because because;
  std::vector<ClauseReport> clauses;  ///< of the prohibitions in force, the permissions in force, the scope
  std::vector<ParameterUse> parameters;
  std::vector<std::string> warnings;  ///< what the answer rests on that no source states; later than known_through
};

/// What decided, without all else that an explanation has.
Because because_of(const Program& program, const Measurement& measurement, const Outcome& outcome);

/// The same outcome as `evaluate`, with all that led to it. Some microseconds; allocates.
Explanation explain(const Program& program, const Measurement& measurement);

}  // namespace kordon::policy
