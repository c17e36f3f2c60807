#include "policy/evaluate_columns.hpp"

#include <algorithm>

#include "policy/field.hpp"

namespace kordon::policy {
namespace {

using geo::lane_count;
using geo::LaneBits;
using geo::Lanes;
using LaneField = Field<Lanes>;

KORDON_INLINE Lanes read(std::span<const double> column, std::size_t row) {
  Lanes lanes;
  __builtin_memcpy(&lanes, column.data() + row, sizeof lanes);
  return lanes;
}

/// Eight rows' inputs, from columns that go on for as long.
struct Rows {
  const Program& program;
  const MeasuredColumns& measured;
  std::size_t first;
};

KORDON_INLINE LaneField field_of(const Rows& rows, std::uint32_t index) {
  const auto& clause = rows.program.clauses[index];
  if (clause.kind == Area::Kind::everywhere) return everywhere<Lanes>(index);
  const auto& accuracy_m = rows.measured.position_accuracy_m;
  return field_of(clause, index, read(rows.measured.signed_m[clause.target], rows.first),
                  rows.measured.accuracy_m[clause.target], accuracy_m.empty() ? Lanes{} : read(accuracy_m, rows.first));
}

/// From the last step to the first, so that the parts of an area are on top of the stack, its first part uppermost.
KORDON_INLINE LaneField field_of(const std::vector<Step>& steps, const Rows& rows, LaneField* stack) {
  std::size_t top = 0;
  for (std::size_t i = steps.size(); i-- > 0;) {
    const auto [kind, count] = steps[i];
    if (kind == Step::Kind::clause) {
      stack[top++] = field_of(rows, count);
    } else if (kind == Step::Kind::negation) {
      stack[top - 1] = negated(stack[top - 1]);
    } else {
      const bool all = kind == Step::Kind::all;
      auto field = all ? everywhere<Lanes>(none) : negated(everywhere<Lanes>(none));
      for (std::uint32_t part = 0; part < count; ++part) {
        --top;
        field = all ? lower(field, stack[top]) : higher(field, stack[top]);
      }
      stack[top++] = field;
    }
  }
  return stack[0];
}

struct alignas(sizeof(Lanes)) Decided {
  LaneBits verdict;
  LaneField field;
};

KORDON_CLONES
void decide_lanes(const Rows& rows, LaneField* stack, Decided& out) {
  const auto permitted = field_of(rows.program.permitted, rows, stack);
  const auto scope = field_of(rows.program.scope, rows, stack);
  const auto field = decide(scope, permitted);
  const auto number = [](Verdict verdict) { return LaneBits{} + static_cast<std::int64_t>(verdict); };
  LaneBits verdict = permitted.mid_m > 0.0 ? number(Verdict::eligible) : number(Verdict::ineligible);
  verdict = scope.mid_m < 0.0 ? number(Verdict::not_applicable) : verdict;
  const LaneBits uncertain = (field.lo_m <= 0.0) & (field.hi_m >= 0.0);
  verdict = uncertain ? number(Verdict::indeterminate) : verdict;
  out = {verdict, field};
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
