#include "policy/flips_at.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "tests/policy/build.hpp"
#include "tests/policy/plane.hpp"

namespace kordon::policy::test {
namespace {

std::optional<double> flips(Area area, double signed_m, double accuracy_m, double depth) {
  auto policy = policy_of(everywhere(), {permit(std::move(area))});
  policy.parameters = {depth_km()};
  const auto program = compile(policy, 0, {}, std::vector{depth});
  return flips_at(program, {std::span(&signed_m, 1), std::span(&accuracy_m, 1), 0}, 0);
}

/// The nearest of a fine grid of values at which the verdict is another one.
std::optional<double> flips_by_search(const Policy& policy, const Measurement& measurement, double present,
                                      double step) {
  const auto verdict = [&](double value) {
    return evaluate(compile(policy, 0, {}, std::vector{value}), measurement).verdict;
  };
  const auto now = verdict(present);
  const auto& range = policy.parameters[0];
  for (int i = 0; i * step < range.max; ++i) {
    const double away = i * step;
    for (const double value : {present - away, present + away}) {
      if (value > range.min && value < range.max && verdict(value) != now) return value;
    }
  }
  return std::nullopt;
}

/// The search finds a value up to a step beyond where the verdict changes, and none that changes within a step of an
/// end of the range.
bool agree(std::optional<double> found, std::optional<double> searched, const Parameter& range, double step) {
  if (!found) return !searched;
  if (!searched) return std::fmin(*found - range.min, range.max - *found) < step;
  const double away = std::fabs(*found - range.value);
  const double searched_away = std::fabs(*searched - range.value);
  return away <= searched_away && searched_away <= away + step;
}

/// With a program compiled anew for each value.
class Compiling {
 public:
  Compiling(const Policy& policy, const Measurement& measurement) : policy_(policy), measurement_(measurement) {}

  [[nodiscard]] std::optional<double> flips_at(double present) const {
    const auto below = first_flip(present, policy_.parameters[0].min);
    const auto above = first_flip(present, policy_.parameters[0].max);
    if (!below || !above) return below ? below : above;
    return present - *below <= *above - present ? below : above;
  }

 private:
  [[nodiscard]] Program with(double value) const { return compile(policy_, 0, {}, std::vector{value}); }
  [[nodiscard]] Verdict verdict(double value) const { return evaluate(with(value), measurement_).verdict; }

  [[nodiscard]] std::optional<double> first_flip(double present, double limit) const {
    const double sign = limit > present ? 1 : -1;
    std::vector<double> values;
    const auto program = with(present);
    for (const auto& clause : program.clauses) {
      if (!clause.area->radius.parameter) continue;
      const double position_m = measurement_.position_accuracy_m, line_m = measurement_.accuracy_m[clause.target];
      const double u_m = std::sqrt(position_m * position_m + line_m * line_m);
      for (const double end_m : {-u_m, u_m}) {
        const double value = (-measurement_.signed_m[clause.target] + end_m) / info(policy_.parameters[0].unit).metres;
        if (sign * value >= sign * present && sign * value < sign * limit) values.push_back(value);
      }
    }
    std::ranges::sort(values, {}, [&](double value) { return sign * value; });
    values.push_back(limit);
    for (std::size_t i = 0; i + 1 < values.size(); ++i) {
      if (verdict(std::midpoint(values[i], values[i + 1])) != verdict(present)) return values[i];
    }
    return std::nullopt;
  }

  const Policy& policy_;
  const Measurement& measurement_;
};

}  // namespace

TEST_CASE("a verdict flips where the depth reaches the position, less or more the uncertainty") {
  CHECK(flips(within_depth(0), -50'000, 0, 100) == 50);
  CHECK(flips(within_depth(0), -50'000, 500, 100) == 50.5);
  CHECK(flips(within_depth(0), -50'000, 500, 20) == 49.5);
  CHECK(flips(within_depth(0), -50'000, 500, 50.1) == 50.5);
  CHECK(flips(within_depth(0), -50'000, 500, 49.9) == 49.5);
  CHECK(flips(outside_of(within_depth(0)), -50'000, 500, 100) == 50.5);
}

TEST_CASE("a verdict that stands at the present value already flips there") {
  CHECK(flips(within_depth(0), -50'000, 0, 50) == 50);
}

TEST_CASE("a verdict that no value in range changes does not flip") {
  CHECK_FALSE(flips(within_depth(0), -2'100'000, 0, 100));
  CHECK_FALSE(flips(any({within_depth(0), everywhere()}), -50'000, 0, 100));
}

TEST_CASE("oracle: flips_at is where a search finds another verdict") {
  constexpr double step = 0.25;
  unsigned flipped = 0;
  for (unsigned seed = 0; seed < 1'000; ++seed) {
    Random random(seed);
    const auto plane = random_plane(random);
    const auto policy = random_policy(random, plane);
    const auto& parameter = policy.parameters[0];
    const auto distances = plane.signed_m(random_point(random));
    const Measurement measurement{distances, plane.accuracy_m, 1};

    const auto found = flips_at(compile(policy, 0, {}, std::vector{parameter.value}), measurement, 0);
    const auto searched = flips_by_search(policy, measurement, parameter.value, step);
    if (searched) ++flipped;
    CAPTURE(seed);
    CHECK(found == Compiling(policy, measurement).flips_at(parameter.value));
    REQUIRE(agree(found, searched, parameter, step));
  }
  CHECK(flipped > 100);
}

}  // namespace kordon::policy::test
