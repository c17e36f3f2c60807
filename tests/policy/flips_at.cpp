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
  for (double away = 0; away < range.max; away += step) {
    for (const double value : {present - away, present + away}) {
      if (value > range.min && value < range.max && verdict(value) != now) return value;
    }
  }
  return std::nullopt;
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
  unsigned flipped = 0;
  for (unsigned seed = 0; seed < 1'000; ++seed) {
    Random random(seed);
    const auto plane = random_plane(random);
    const auto policy = random_policy(random, plane);
    const double present = policy.parameters[0].value;
    const auto distances = plane.signed_m(random_point(random));
    const Measurement measurement{distances, plane.accuracy_m, 1};
    const auto program = compile(policy, 0, {}, std::vector{present});

    constexpr double step = 0.25;
    const auto found = flips_at(program, measurement, 0);
    const auto searched = flips_by_search(policy, measurement, present, step);
    CAPTURE(seed);
    if (searched) {
      ++flipped;
      REQUIRE(found);
      REQUIRE(std::fabs(*found - present) <= std::fabs(*searched - present));
      REQUIRE(std::fabs(*found - present) >= std::fabs(*searched - present) - step);
    } else if (found) {
      const double to_end = std::fmin(*found - policy.parameters[0].min, policy.parameters[0].max - *found);
      REQUIRE(to_end < step);
    }
  }
  CHECK(flipped > 100);
}

}  // namespace kordon::policy::test
