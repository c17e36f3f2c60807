#include "policy/evaluate_columns.hpp"

#include <algorithm>

#include "policy/field.hpp"

namespace kordon::policy {
namespace {

using geo::lane_count;
using geo::LaneBits;
using geo::Lanes;

/// A field in each lane; no column asks whether it is exact.
struct LaneField {
  Lanes lo_m, mid_m, hi_m;
  LaneBits clause;

  KORDON_INLINE Field operator[](std::size_t i) const { return {lo_m[i], mid_m[i], hi_m[i], clause[i], false}; }
  KORDON_INLINE void set(std::size_t i, const Field& field) {
    lo_m[i] = field.lo_m, mid_m[i] = field.mid_m, hi_m[i] = field.hi_m, clause[i] = field.clause;
  }
};

/// Eight rows' inputs, from columns that go on for as long.
struct Rows {
  const Program& program;
  const MeasuredColumns& measured;
  std::size_t first;
};

KORDON_INLINE void fill(LaneField& to, const Field& field) { KORDON_EACH_LANE(i) to.set(i, field); }

KORDON_INLINE void field_of(const Rows& rows, std::uint32_t index, LaneField& out) {
  const auto& clause = rows.program.clauses[index];
  if (clause.kind == Area::Kind::everywhere) return fill(out, everywhere(index));
  const auto* signed_m = &rows.measured.signed_m[clause.target][rows.first];
  const double line_m = rows.measured.accuracy_m[clause.target];
  if (rows.measured.position_accuracy_m.empty()) {
    KORDON_EACH_LANE(i) out.set(i, field_of(clause, index, signed_m[i], line_m, 0));
  } else {
    const auto* position_m = &rows.measured.position_accuracy_m[rows.first];
    KORDON_EACH_LANE(i) out.set(i, field_of(clause, index, signed_m[i], line_m, position_m[i]));
  }
}

/// From the last step to the first, so that the parts of an area are on top of the stack, its first part uppermost.
KORDON_INLINE const LaneField& field_of(const std::vector<Step>& steps, const Rows& rows, LaneField* stack) {
  std::size_t top = 0;
  for (std::size_t i = steps.size(); i-- > 0;) {
    const auto [kind, count] = steps[i];
    if (kind == Step::Kind::clause) {
      field_of(rows, count, stack[top++]);
    } else if (kind == Step::Kind::negation) {
      auto& field = stack[top - 1];
      KORDON_EACH_LANE(k) field.set(k, negated(field[k]));
    } else {
      const bool all = kind == Step::Kind::all;
      LaneField field;
      fill(field, all ? everywhere(none) : negated(everywhere(none)));
      for (std::uint32_t part = 0; part < count; ++part) {
        const auto& other = stack[--top];
        if (all) {
          KORDON_EACH_LANE(k) field.set(k, lower(field[k], other[k]));
        } else {
          KORDON_EACH_LANE(k) field.set(k, higher(field[k], other[k]));
        }
      }
      stack[top++] = field;
    }
  }
  return stack[0];
}

struct Decided {
  LaneBits verdict;
  LaneField field;
};

KORDON_CLONES
void decide_lanes(const Rows& rows, LaneField* stack, Decided& out) {
  const auto permitted = field_of(rows.program.permitted, rows, stack);
  const auto& scope = field_of(rows.program.scope, rows, stack);
  constexpr auto number = [](Verdict verdict) { return static_cast<std::int64_t>(verdict); };
  KORDON_EACH_LANE(i) {
    const auto field = decide(scope[i], permitted[i]);
    const auto inside = permitted.mid_m[i] > 0.0 ? number(Verdict::eligible) : number(Verdict::ineligible);
    const auto nominal = scope.mid_m[i] < 0.0 ? number(Verdict::not_applicable) : inside;
    const bool uncertain = (field.lo_m <= 0.0) & (field.hi_m >= 0.0);
    out.verdict[i] = uncertain ? number(Verdict::indeterminate) : nominal;
    out.field.set(i, field);
  }
}

void write(const Decided& decided, std::size_t first, std::size_t count, const OutcomeColumns& out) {
  const auto copy = [&](const auto& lanes, auto column) {
    if (column.empty()) return;
    using T = typename decltype(column)::value_type;
    for (std::size_t i = 0; i < count; ++i) column[first + i] = static_cast<T>(lanes[i]);
  };
  copy(decided.verdict, out.verdict);
  copy(decided.field.mid_m, out.margin_m);
  copy(decided.field.lo_m, out.margin_lo_m);
  copy(decided.field.hi_m, out.margin_hi_m);
  copy(decided.field.clause, out.clause);
}

}  // namespace

void evaluate(const Program& program, const MeasuredColumns& measured, const OutcomeColumns& out) {
  std::vector<LaneField> stack(std::max(program.permitted.size(), program.scope.size()));
  Decided decided;
  const auto whole = measured.rows / lane_count * lane_count;
  for (std::size_t first = 0; first < whole; first += lane_count) {
    decide_lanes({program, measured, first}, stack.data(), decided);
    write(decided, first, lane_count, out);
  }
  if (whole == measured.rows) return;

  // The last rows, with room after them.
  std::vector<std::vector<double>> room(measured.signed_m.size(), std::vector<double>(lane_count));
  MeasuredColumns rest{lane_count, {}, measured.accuracy_m, {}};
  for (std::size_t target = 0; target < room.size(); ++target) {
    if (!measured.signed_m[target].empty())
      std::ranges::copy(measured.signed_m[target].subspan(whole), room[target].begin());
    rest.signed_m.emplace_back(room[target]);
  }
  std::vector<double> accuracy_m(lane_count);
  if (!measured.position_accuracy_m.empty()) {
    std::ranges::copy(measured.position_accuracy_m.subspan(whole), accuracy_m.begin());
    rest.position_accuracy_m = accuracy_m;
  }
  decide_lanes({program, rest, 0}, stack.data(), decided);
  write(decided, whole, measured.rows - whole, out);
}

}  // namespace kordon::policy
