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

/// Rows that go through a program together, in groups of eight, so that its steps are looked at once for all of them.
constexpr std::size_t strip_groups = 8;
using Strip = std::array<LaneField, strip_groups>;

/// A strip's inputs, from columns that go on for as long.
struct Rows {
  const Program& program;
  const MeasuredColumns& measured;
  std::size_t first, groups;
};

/// `make(group, lane)` gives each field.
template <typename Make>
KORDON_INLINE void fill(Strip& to, std::size_t groups, Make&& make) {
  for (std::size_t g = 0; g < groups; ++g) {
    KORDON_EACH_LANE(i) to[g].set(i, make(g, i));
  }
}

KORDON_INLINE void field_of(const Rows& rows, std::uint32_t index, Strip& out) {
  const auto clause = rows.program.clauses[index];
  if (clause.kind == Area::Kind::everywhere) {
    return fill(out, rows.groups, [&](std::size_t, std::size_t) { return everywhere(index); });
  }
  const auto* signed_m = &rows.measured.signed_m[clause.target][rows.first];
  const double line_m = rows.measured.accuracy_m[clause.target];
  if (rows.measured.position_accuracy_m.empty()) {
    fill(out, rows.groups, [&](std::size_t g, std::size_t i) {
      return field_of(clause, index, signed_m[g * geo::lane_count + i], line_m, 0);
    });
  } else {
    const auto* position_m = &rows.measured.position_accuracy_m[rows.first];
    fill(out, rows.groups, [&](std::size_t g, std::size_t i) {
      return field_of(clause, index, signed_m[g * geo::lane_count + i], line_m, position_m[g * geo::lane_count + i]);
    });
  }
}

/// From the last step to the first, so that the parts of an area are on top of the stack, its first part uppermost.
KORDON_INLINE const Strip& field_of(const std::vector<Step>& steps, const Rows& rows, std::vector<Strip>& stack) {
  std::size_t top = 0;
  for (std::size_t i = steps.size(); i-- > 0;) {
    const auto [kind, count] = steps[i];
    const bool all = kind == Step::Kind::all;
    if (kind == Step::Kind::clause) {
      field_of(rows, count, stack[top++]);
    } else if (kind == Step::Kind::negation) {
      auto& field = stack[top - 1];
      fill(field, rows.groups, [&](std::size_t g, std::size_t k) { return negated(field[g][k]); });
    } else if (count == 0) {
      const auto field = all ? everywhere(none) : negated(everywhere(none));
      fill(stack[top++], rows.groups, [&](std::size_t, std::size_t) { return field; });
    } else {
      for (std::uint32_t part = 1; part < count; ++part) {
        const auto& field = stack[--top];
        auto& other = stack[top - 1];
        if (all) {
          fill(other, rows.groups, [&](std::size_t g, std::size_t k) { return lower(field[g][k], other[g][k]); });
        } else {
          fill(other, rows.groups, [&](std::size_t g, std::size_t k) { return higher(field[g][k], other[g][k]); });
        }
      }
    }
  }
  return stack[0];
}

/// Workspace for the areas of a program.
struct Stacks {
  std::vector<Strip> permitted, scope;
  explicit Stacks(const Program& program) : permitted(program.permitted.size()), scope(program.scope.size()) {}
};

/// A strip's verdicts, and the fields whose margins they are.
struct Decided {
  std::array<LaneBits, strip_groups> verdict;
  Strip field;
};

KORDON_CLONES
void decide_strip(const Rows& rows, Stacks& stacks, Decided& out) {
  const auto& permitted = field_of(rows.program.permitted, rows, stacks.permitted);
  const auto& scope = field_of(rows.program.scope, rows, stacks.scope);
  constexpr auto number = [](Verdict verdict) { return static_cast<std::int64_t>(verdict); };
  for (std::size_t g = 0; g < rows.groups; ++g) {
    KORDON_EACH_LANE(i) {
      const auto field = decide(scope[g][i], permitted[g][i]);
      const auto inside = permitted[g].mid_m[i] > 0.0 ? number(Verdict::eligible) : number(Verdict::ineligible);
      const auto nominal = scope[g].mid_m[i] < 0.0 ? number(Verdict::not_applicable) : inside;
      const bool uncertain = (field.lo_m <= 0.0) & (field.hi_m >= 0.0);
      out.verdict[g][i] = uncertain ? number(Verdict::indeterminate) : nominal;
      out.field[g].set(i, field);
    }
  }
}

KORDON_CLONES
void write(const Decided& decided, std::size_t first, std::size_t count, const OutcomeColumns& out) {
  const auto copy = [&](auto&& lanes_of, auto column) {
    if (column.empty()) return;
    using T = typename decltype(column)::value_type;
    auto* to = column.data() + first;
    for (std::size_t g = 0; g * geo::lane_count < count; ++g, to += geo::lane_count) {
      const auto& lanes = lanes_of(g);
      if ((g + 1) * geo::lane_count <= count) {
        KORDON_EACH_LANE(i) to[i] = static_cast<T>(lanes[i]);
      } else {
        for (std::size_t i = 0; g * geo::lane_count + i < count; ++i) to[i] = static_cast<T>(lanes[i]);
      }
    }
  };
  copy([&](std::size_t g) -> const auto& { return decided.verdict[g]; }, out.verdict);
  copy([&](std::size_t g) -> const auto& { return decided.field[g].mid_m; }, out.margin_m);
  copy([&](std::size_t g) -> const auto& { return decided.field[g].lo_m; }, out.margin_lo_m);
  copy([&](std::size_t g) -> const auto& { return decided.field[g].hi_m; }, out.margin_hi_m);
  copy([&](std::size_t g) -> const auto& { return decided.field[g].clause; }, out.clause);
}

}  // namespace

void evaluate(const Program& program, const MeasuredColumns& measured, const OutcomeColumns& out) {
  Stacks stacks(program);
  Decided decided;
  const auto whole = measured.rows / geo::lane_count * geo::lane_count;
  for (std::size_t first = 0; first < whole; first += strip_groups * geo::lane_count) {
    const auto groups = std::min(strip_groups, (whole - first) / geo::lane_count);
    // Without a line all rows have the same outcome.
    if (first == 0 || !program.targets.empty()) decide_strip({program, measured, first, groups}, stacks, decided);
    write(decided, first, groups * geo::lane_count, out);
  }
  if (whole == measured.rows) return;

  // The last rows, padded to whole lanes.
  std::vector<std::vector<double>> padded(measured.signed_m.size(), std::vector<double>(geo::lane_count));
  MeasuredColumns rest{geo::lane_count, {}, measured.accuracy_m, {}};
  for (std::size_t target = 0; target < padded.size(); ++target) {
    if (!measured.signed_m[target].empty())
      std::ranges::copy(measured.signed_m[target].subspan(whole), padded[target].begin());
    rest.signed_m.emplace_back(padded[target]);
  }
  std::vector<double> accuracy_m(geo::lane_count);
  if (!measured.position_accuracy_m.empty()) {
    std::ranges::copy(measured.position_accuracy_m.subspan(whole), accuracy_m.begin());
    rest.position_accuracy_m = accuracy_m;
  }
  decide_strip({program, rest, 0, 1}, stacks, decided);
  write(decided, whole, measured.rows - whole, out);
}

}  // namespace kordon::policy
