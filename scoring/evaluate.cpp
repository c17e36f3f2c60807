#include "scoring/evaluate.hpp"

#include <algorithm>

namespace kordon::scoring {

namespace {

/// Rows whose distances stay in the processor's cache until they are taken.
constexpr std::size_t block_rows = 2048;

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
  index.locate(positions.lon_deg, positions.lat_deg, columns);
}

void measure(const geo::Index& index, std::size_t regions, const Positions& positions, Distances& out,
             const geo::TakeBlock& take) {
  const auto columns = columns_of(index, regions, std::min(block_rows, positions.size()), out);
  index.locate(positions.lon_deg, positions.lat_deg, columns, block_rows, take);
}

void evaluate(const Terms& terms, const Positions& positions, Evaluations& out) {
  const auto rows = positions.size();
  measure(terms.index, terms.regions, positions, out);
  const policy::MeasuredColumns measured{
      rows, {out.signed_m.begin(), out.signed_m.end()}, terms.accuracy_m, positions.accuracy_m};
  out.outcomes.resize(terms.programs.size());
  for (std::size_t i = 0; i < terms.programs.size(); ++i) {
    auto& [verdict, margin_m, lo_m, hi_m, clause] = out.outcomes[i];
    for (auto* column : {&margin_m, &lo_m, &hi_m}) column->resize(rows);
    verdict.resize(rows);
    clause.resize(rows);
    policy::evaluate(terms.programs[i], measured, {verdict, margin_m, lo_m, hi_m, clause});
  }
}

}  // namespace kordon::scoring
