#include "policy/flips_at.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "build.hpp"
#include "plane.hpp"

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
    REQUIRE(agree(found, searched, parameter, step));
  }
  CHECK(flipped > 100);
}

}  // namespace kordon::policy::test
