#include "policy/flips_at.hpp"

#include <algorithm>
#include <numeric>

#include "policy/field.hpp"

namespace kordon::policy {
namespace {

/// Where an end of a clause's range crosses 0: between two neighbours of these the verdict cannot change, because
/// it depends on the signs of the ends alone.
std::vector<double> candidates(const Program& program, const Measurement& measurement, std::size_t parameter) {
  std::vector<double> values;
  for (const auto& clause : program.clauses) {
    if (clause.area->radius.parameter != parameter) continue;
    const double distance_m = -measurement.signed_m[clause.target];
    const double u_m = uncertainty_m(measurement.position_accuracy_m, measurement.accuracy_m[clause.target]);
    const double unit_m = info(program.policy->parameters[parameter].unit).metres;
    values.push_back((distance_m - u_m) / unit_m);
    values.push_back((distance_m + u_m) / unit_m);
  }
  return values;
}

/// The first of the candidates from the present value towards `limit` beyond which the verdict is another one.
std::optional<double> first_flip(const auto& verdict_with, double present, double limit, std::vector<double> values) {
  const bool upward = limit > present;
  std::erase_if(values, [&](double v) { return upward ? v < present || v >= limit : v > present || v <= limit; });
  std::ranges::sort(values, [&](double a, double b) { return upward ? a < b : a > b; });

  const Verdict now = verdict_with(present);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double next = i + 1 < values.size() ? values[i + 1] : limit;
    if (verdict_with(std::midpoint(values[i], next)) != now) return values[i];
  }
  return std::nullopt;
}

}  // namespace

std::optional<double> flips_at(const Program& program, const Measurement& measurement, std::size_t parameter) {
  const auto verdict_with = [&](double value) {
    auto values = program.values;
    values[parameter] = value;
    return evaluate(compile(*program.policy, program.activity, program.at, values), measurement).verdict;
  };
  const auto& range = program.policy->parameters[parameter];
  const double present = program.values[parameter];
  const auto values = candidates(program, measurement, parameter);
  const auto below = first_flip(verdict_with, present, range.min, values);
  const auto above = first_flip(verdict_with, present, range.max, values);
  if (!below || !above) return below ? below : above;
  return present - *below <= *above - present ? below : above;
}

}  // namespace kordon::policy
