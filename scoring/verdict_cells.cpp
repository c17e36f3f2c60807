#include "scoring/verdict_cells.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <set>

namespace kordon::scoring {
namespace {

/// No degree of latitude is longer on WGS 84 (at the poles), nor of longitude but for the cosine of the latitude.
constexpr double degree_m = 111'700;

/// Half the diagonal of the largest of the cells, and a little for what rounding moves across an edge.
double radius_m(std::span<const GridCell> cells, double size_deg) {
  double widest = 0;
  for (const auto& cell : cells) {
    const double low_deg = cell.row * size_deg - 90;
    const double flattest_deg =
        low_deg < 0 && low_deg + size_deg > 0 ? 0 : std::min(std::abs(low_deg), std::abs(low_deg + size_deg));
    widest = std::max(widest, std::cos(flattest_deg * std::numbers::pi / 180));
  }
  return 0.5 * size_deg * degree_m * std::hypot(1.0, widest) + 1;
}

}  // namespace

VerdictCells::VerdictCells(const Terms& terms, double accuracy_m) : terms_(terms), accuracy_m_(accuracy_m) {
  std::set<geo::Target> targets;
  for (const auto& program : terms.programs) targets.insert(program.targets.begin(), program.targets.end());
  targets_.assign(targets.begin(), targets.end());
  verdicts_.reserve(undecided * terms.programs.size());
}

std::vector<VerdictCode> VerdictCells::decide(std::span<const GridCell> cells, double size_deg) {
  std::vector<double> lon_deg;
  std::vector<double> lat_deg;
  for (const auto& cell : cells) {
    lon_deg.push_back((cell.column + 0.5) * size_deg - 180);
    lat_deg.push_back((cell.row + 0.5) * size_deg - 90);
  }
  std::vector<double> widened_m;
  const double cell_radius_m = radius_m(cells, size_deg);
  for (const double line_m : terms_.accuracy_m) widened_m.push_back(cell_radius_m + std::hypot(accuracy_m_, line_m));
  const auto verdicts = evaluate({lon_deg, lat_deg}, widened_m);
  std::vector<VerdictCode> codes;
  std::vector<policy::Verdict> together(verdicts.size());
  for (std::size_t row = 0; row < cells.size(); ++row) {
    for (std::size_t i = 0; i < together.size(); ++i) together[i] = verdicts[i][row];
    codes.push_back(code_of(together));
  }
  return codes;
}

std::vector<std::vector<policy::Verdict>> VerdictCells::evaluate(const Positions& positions,
                                                                 std::span<const double> line_accuracy_m) const {
  const auto rows = positions.size();
  std::vector<std::vector<double>> signed_m(terms_.index.target_count());
  std::vector<geo::Column> columns;
  for (const auto target : targets_) {
    signed_m[target].resize(rows);
    columns.push_back({target, signed_m[target], {}});
  }
  terms_.index.locate(positions.lon_deg, positions.lat_deg, columns);
  const policy::MeasuredColumns measured{
      rows, {signed_m.begin(), signed_m.end()}, line_accuracy_m, positions.accuracy_m};
  std::vector<std::vector<policy::Verdict>> verdicts;
  for (const auto& program : terms_.programs) {
    policy::evaluate(program, measured, {.verdict = verdicts.emplace_back(rows)});
  }
  return verdicts;
}

VerdictCode VerdictCells::code_of(std::span<const policy::Verdict> verdicts) {
  if (std::ranges::find(verdicts, policy::Verdict::indeterminate) != verdicts.end()) return undecided;
  const auto known = verdicts.empty() ? 1 : verdicts_.size() / verdicts.size();
  for (std::size_t code = 0; code < known; ++code) {
    if (std::ranges::equal(verdicts, this->verdicts(static_cast<VerdictCode>(code))))
      return static_cast<VerdictCode>(code);
  }
  if (known == undecided) return undecided;
  verdicts_.insert(verdicts_.end(), verdicts.begin(), verdicts.end());
  return static_cast<VerdictCode>(known);
}

}  // namespace kordon::scoring
