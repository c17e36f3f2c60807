#include "scoring/evaluate.hpp"

#include <algorithm>

namespace kordon::scoring {

namespace {

/// Makes room for some rows.
std::vector<geo::Column> columns_of(const geo::Index& index, std::size_t regions, std::size_t rows, Distances& out) {
  const auto targets = index.target_count();
  out.signed_m.resize(targets);
  out.nearest.resize(targets - regions);
  std::vector<geo::Column> columns;
  for (geo::Target target = 0; target < targets; ++target) {
    out.signed_m[target].resize(rows);
    auto& column = columns.emplace_back(target, out.signed_m[target]);
    if (target < regions) continue;
    out.nearest[target - regions].resize(rows);
    column.nearest = out.nearest[target - regions];
  }
  return columns;
}

}  // namespace

void measure(const geo::Index& index, std::size_t regions, const Positions& positions, Distances& out) {
  const auto columns = columns_of(index, regions, positions.size(), out);
  index.locate(
      positions.lon_deg, positions.lat_deg, columns, block_rows, [](std::size_t, std::size_t) {}, out.workspace);
}

void measure(const geo::Index& index, std::size_t regions, const Positions& positions, Distances& out,
             const geo::TakeBlock& take) {
  const auto columns = columns_of(index, regions, std::min(block_rows, positions.size()), out);
  index.locate(positions.lon_deg, positions.lat_deg, columns, block_rows, take, out.workspace);
}

void evaluate(const Terms& terms, const Positions& positions, Evaluations& out) {
  const auto rows = positions.size();
  out.outcomes.resize(terms.programs.size());
  for (auto& [verdict, margin_m, lo_m, hi_m, clause] : out.outcomes) {
    for (auto* column : {&margin_m, &lo_m, &hi_m}) column->resize(rows);
    verdict.resize(rows);
    clause.resize(rows);
  }
  const auto columns = columns_of(terms.index, terms.regions, rows, out);
  const auto judge = [&](std::size_t first, std::size_t count) {
    const auto part = [=](auto& column) {
      return std::span(column).subspan(column.empty() ? 0 : first, column.empty() ? 0 : count);
    };
    policy::MeasuredColumns measured{count, {}, terms.accuracy_m, part(positions.accuracy_m)};
    for (const auto& column : out.signed_m) measured.signed_m.push_back(part(column));
    for (std::size_t i = 0; i < terms.programs.size(); ++i) {
      auto& [verdict, margin_m, lo_m, hi_m, clause] = out.outcomes[i];
      policy::evaluate(terms.programs[i], measured,
                       {part(verdict), part(margin_m), part(lo_m), part(hi_m), part(clause)});
    }
  };
  terms.index.locate(positions.lon_deg, positions.lat_deg, columns, block_rows, judge, out.workspace);
}

}  // namespace kordon::scoring
