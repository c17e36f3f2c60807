#include "policy/reason.hpp"

#include "policy/field.hpp"

namespace kordon::policy {
namespace {

/// An end of a range, or its middle, with the clause that gave it.
struct TracedValue {
  double m = 0;
  std::uint32_t clause = none;
};

/// A Field that remembers the clause of each end.
struct TracedField {
  TracedValue lo;
  TracedValue mid;
  TracedValue hi;
};

TracedValue negated(const TracedValue& value) { return {-value.m, value.clause}; }
TracedField negated(const TracedField& field) { return {negated(field.hi), negated(field.mid), negated(field.lo)}; }

/// Of equal ones `b` decides, as in `lower` of fields.
TracedValue lower(const TracedValue& a, const TracedValue& b) { return b.m <= a.m ? b : a; }
TracedField lower(const TracedField& a, const TracedField& b) {
  return {lower(a.lo, b.lo), lower(a.mid, b.mid), lower(a.hi, b.hi)};
}
TracedField higher(const TracedField& a, const TracedField& b) { return negated(lower(negated(a), negated(b))); }

constexpr TracedField unbounded{{unbounded_m}, {unbounded_m}, {unbounded_m}};

/// Reads areas in prefix order, one after another.
class Reader {
 public:
  Reader(const std::vector<Step>& steps, const Program& program, const Measurement& measurement)
      : step_(steps.data()), program_(program), measurement_(measurement) {}

  void skip(std::size_t steps) { step_ += steps; }

  TracedField next() {
    const Step here = *step_++;
    if (here.kind == Step::Kind::clause) {
      const auto field = field_of(program_.clauses, here.count, measurement_);
      return {{field.lo_m, here.count}, {field.mid_m, here.count}, {field.hi_m, here.count}};
    }
    if (here.kind == Step::Kind::negation) return negated(next());
    const bool all = here.kind == Step::Kind::all;
    auto field = all ? unbounded : negated(unbounded);
    for (std::uint32_t i = 0; i < here.count; ++i) field = all ? lower(field, next()) : higher(field, next());
    return field;
  }

 private:
  const Step* step_;
  const Program& program_;
  const Measurement& measurement_;
};

/// Scope, prohibitions and permissions, each by itself.
struct Parts {
  TracedField scope;
  TracedField prohibited = negated(unbounded);
  TracedField permitted;
};

Parts parts_of(const Program& program, const Measurement& measurement) {
  Parts parts;
  parts.scope = Reader(program.scope, program, measurement).next();
  Reader reader(program.permitted, program, measurement);
  if (program.prohibitions > 0) {
    reader.skip(2);  // all, not
    parts.prohibited = reader.next();
  }
  parts.permitted = reader.next();
  return parts;
}

Absence absence_of(const Program& program) {
  bool before = false;
  bool after = false;
  for (const auto& rule : program.policy->rules) {
    if (rule.activity != program.activity || rule.effect != Effect::permit) continue;
    if (rule.in_force.contains(program.at)) return Absence::never;
    const bool is_later = rule.in_force.from && program.at < *rule.in_force.from;
    (is_later ? after : before) = true;
  }
  if (before && after) return Absence::between;
  if (after) return Absence::not_yet;
  return before ? Absence::no_longer : Absence::never;
}

/// The end of the range that the other side of 0 holds.
TracedValue undecided_end(const TracedField& field) {
  if (field.mid.m > 0) return field.lo;
  return field.mid.m < 0 ? field.hi : field.mid;
}

Verdict nominal(const Parts& parts, const TracedField& allowed) {
  if (parts.scope.mid.m < 0) return Verdict::not_applicable;
  return allowed.mid.m > 0 ? Verdict::eligible : Verdict::ineligible;
}

/// As `decide` of fields.
TracedField decided(const Parts& parts, Verdict verdict, const TracedField& allowed) {
  if (verdict == Verdict::eligible) return lower(parts.scope, allowed);
  return verdict == Verdict::ineligible ? higher(negated(parts.scope), allowed) : parts.scope;
}

}  // namespace

Reason reason_of(const Program& program, const Measurement& measurement, const Outcome& outcome) {
  const auto parts = parts_of(program, measurement);
  const auto allowed = lower(negated(parts.prohibited), parts.permitted);
  const auto verdict = nominal(parts, allowed);
  Reason reason;
  if (outcome.verdict == Verdict::indeterminate) {
    reason.clause = undecided_end(decided(parts, verdict, allowed)).clause;
  } else if (verdict == Verdict::not_applicable) {
    reason.clause = parts.scope.mid.clause;
  } else if (verdict == Verdict::ineligible && parts.prohibited.mid.m > 0) {
    reason.clause = parts.prohibited.mid.clause;
    reason.prohibits = true;
  } else {
    reason.clause = parts.permitted.mid.clause;
  }
  if (reason.clause == none) {
    reason.absence = absence_of(program);
    return reason;
  }
  // Near the end of a scope that a prohibition covers, the reader looks for the prohibition.
  const Clause& clause = program.clauses[reason.clause];
  const bool covered = clause.role == Role::scope && verdict == Verdict::ineligible;
  reason.rule = covered ? clause.prohibited_by : clause.rule;
  return reason;
}

}  // namespace kordon::policy
