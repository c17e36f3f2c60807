#include "batch/measure.hpp"

#include <algorithm>

namespace kordon::batch {

namespace {

/// Sizes the columns for some rows.
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

std::vector<geo::Column> columns_of(const geo::Index& index, std::span<const geo::Target> targets, std::size_t rows,
                                    NearDistances& out) {
  std::vector<geo::Column> columns;
  out.signed_m.resize(index.target_count());
  for (auto& signed_m : out.signed_m) signed_m.clear();
  for (const auto target : targets) {
    out.signed_m[target].resize(rows);
    columns.emplace_back(target, out.signed_m[target]);
  }
  out.regions.resize(index.coverages().size());
  for (std::size_t i = 0; i < out.regions.size(); ++i) {
    out.regions[i].resize(rows);
    columns.push_back({.target = index.coverage_target(i), .signed_m = {}, .nearest = {}, .region = out.regions[i]});
  }
  out.border_m.resize(rows);
  out.border_nearest.resize(rows);
  columns.push_back(
      {.target = index.all_borders(), .signed_m = out.border_m, .nearest = out.border_nearest, .region = {}});
  return columns;
}

}  // namespace

policy::MeasuredColumns measured_rows(std::span<const std::vector<double>> signed_m,
                                      std::span<const double> line_accuracy_m,
                                      std::span<const double> position_accuracy_m, std::size_t first,
                                      std::size_t count) {
  const auto part = [=](std::span<const double> column) {
    return column.empty() ? column : column.subspan(first, count);
  };
  policy::MeasuredColumns measured{count, {}, line_accuracy_m, part(position_accuracy_m)};
  for (const auto& column : signed_m) measured.signed_m.push_back(part(column));
  return measured;
}

void measure(const geo::Index& index, std::span<const geo::Target> targets, const Positions& positions,
             NearDistances& out, const geo::TakeBlock& take) {
  const auto columns = columns_of(index, targets, std::min(block_rows, positions.size()), out);
  index.locate(positions.lon_deg, positions.lat_deg, columns, block_rows, take, out.workspace);
}

void measure(const geo::Index& index, std::span<const geo::Target> targets, const Positions& positions,
             NearDistances& out) {
  const auto columns = columns_of(index, targets, positions.size(), out);
  index.locate(
      positions.lon_deg, positions.lat_deg, columns, block_rows, [](std::size_t, std::size_t) {}, out.workspace);
}

void evaluate(const BulkQuery& query, const Positions& positions, Evaluations& out) {
  const auto rows = positions.size();
  out.outcomes.resize(query.programs.size());
  for (auto& [verdict, margin_m, lo_m, hi_m, clause] : out.outcomes) {
    for (auto* column : {&margin_m, &lo_m, &hi_m}) column->resize(rows);
    verdict.resize(rows);
    clause.resize(rows);
  }
  const auto columns = columns_of(query.index, query.regions, rows, out);
  const auto evaluate_rows = [&](std::size_t first, std::size_t count) {
    const auto measured = measured_rows(out.signed_m, query.accuracy_m, positions.accuracy_m, first, count);
    const auto part = [=](auto& column) { return std::span(column).subspan(first, count); };
    for (std::size_t i = 0; i < query.programs.size(); ++i) {
      auto& [verdict, margin_m, lo_m, hi_m, clause] = out.outcomes[i];
      policy::evaluate(query.programs[i], measured,
                       {part(verdict), part(margin_m), part(lo_m), part(hi_m), part(clause)});
    }
  };
  query.index.locate(positions.lon_deg, positions.lat_deg, columns, block_rows, evaluate_rows, out.workspace);
}

}  // namespace kordon::batch
