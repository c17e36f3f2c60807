#include "policy/flips_at.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <ranges>

#include "policy/field.hpp"

namespace kordon::policy {
namespace {

/// A program's verdict at a position, by the value of a parameter.
class VerdictWith {
 public:
  VerdictWith(const Program& program, const Measurement& measurement, std::size_t parameter)
      : program_(program), measurement_(measurement), parameter_(parameter), clauses_(program.clauses) {}

  Verdict operator()(double value) {
    for (Clause& clause : clauses_) {
      const Radius& radius = clause.area->radius;
      if (radius.parameter == parameter_) clause.radius_m = value * info(radius.unit).metres;
    }
    return evaluate(program_, clauses_, measurement_).verdict;
  }

 private:
  const Program& program_;
  const Measurement& measurement_;
  std::size_t parameter_;
  std::vector<Clause> clauses_;
};

/// Where an end of a clause's range crosses 0, ascending: between two neighbours of these the verdict cannot change,
/// because it depends on the signs of the ends alone.
std::vector<double> candidates(const Program& program, const Measurement& measurement, std::size_t parameter) {
  std::vector<double> values;
  values.reserve(2 * program.clauses.size());
  for (const auto& clause : program.clauses) {
    if (clause.area->radius.parameter != parameter) continue;
    const double distance_m = -measurement.signed_m[clause.target];
    const double u_m = uncertainty_m(measurement.position_accuracy_m, measurement.accuracy_m[clause.target]);
    const double unit_m = info(program.policy->parameters[parameter].unit).metres;
    values.push_back((distance_m - u_m) / unit_m);
    values.push_back((distance_m + u_m) / unit_m);
  }
  std::ranges::sort(values);
  return values;
}

/// The first of the values beyond which, up to the next one or the limit, the verdict is another one.
std::optional<double> first_flip(VerdictWith& verdict_with, double present, double limit, const auto& values) {
  if (values.empty()) return std::nullopt;
  const Verdict now = verdict_with(present);
  for (auto value = values.begin(); value != values.end(); ++value) {
    const double next = std::next(value) == values.end() ? limit : *std::next(value);
    if (verdict_with(std::midpoint(*value, next)) != now) return *value;
  }
  return std::nullopt;
}

}  // namespace

std::optional<double> flips_at(const Program& program, const Measurement& measurement, std::size_t parameter) {
  VerdictWith verdict_with(program, measurement, parameter);
  const auto& range = program.policy->parameters[parameter];
  const double present = program.values[parameter];
  const auto values = candidates(program, measurement, parameter);
  const std::ranges::subrange up(std::ranges::lower_bound(values, present),
                                 std::ranges::lower_bound(values, range.max));
  const std::ranges::subrange down(std::ranges::upper_bound(values, range.min),
                                   std::ranges::upper_bound(values, present));
  const auto below = first_flip(verdict_with, present, range.min, std::views::reverse(down));
  const auto above = first_flip(verdict_with, present, range.max, up);
  if (!below || !above) return below ? below : above;
  return present - *below <= *above - present ? below : above;
}

}  // namespace kordon::policy
