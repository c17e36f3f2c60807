#include "scoring/evaluate.hpp"

namespace kordon::scoring {

void evaluate(const Terms& terms, const Positions& positions, Evaluations& out) {
  const auto rows = positions.size();
  const auto targets = terms.index.target_count();
  out.signed_m.resize(targets);
  out.nearest.resize(targets - terms.regions);
  out.outcomes.resize(terms.programs.size());
  std::vector<geo::Column> columns;
  policy::MeasuredColumns measured{rows, {}, terms.accuracy_m, positions.accuracy_m};
  for (geo::Target target = 0; target < targets; ++target) {
    out.signed_m[target].resize(rows);
    measured.signed_m.emplace_back(out.signed_m[target]);
    auto& column = columns.emplace_back(target, out.signed_m[target]);
    if (target < terms.regions) continue;
    out.nearest[target - terms.regions].resize(rows);
    column.nearest = out.nearest[target - terms.regions];
  }
  terms.index.locate(positions.lon_deg, positions.lat_deg, columns);
  for (std::size_t i = 0; i < terms.programs.size(); ++i) {
    auto& [verdict, margin_m, lo_m, hi_m, clause] = out.outcomes[i];
    for (auto* column : {&margin_m, &lo_m, &hi_m}) column->resize(rows);
    verdict.resize(rows);
    clause.resize(rows);
    policy::evaluate(terms.programs[i], measured, {verdict, margin_m, lo_m, hi_m, clause});
  }
}

}  // namespace kordon::scoring
