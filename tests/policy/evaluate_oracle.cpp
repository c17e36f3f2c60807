#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "policy/values.hpp"
#include "tests/policy/build.hpp"
#include "tests/policy/plane.hpp"

namespace kordon::policy::test {
namespace {

struct Case {
  Plane plane;
  Policy policy;
  Program program;
  Point at;

  explicit Case(unsigned seed) {
    Random random(seed);
    plane = random_plane(random);
    policy = random_policy(random, plane);
    program = compile(policy, 0, {}, choose_values(policy, {}).value());
    at = random_point(random);
  }
  ~Case() = default;
  Case(const Case&) = delete;  // the program points to the policy
  Case& operator=(const Case&) = delete;

  [[nodiscard]] Outcome evaluate_perfectly_known(Point where) const {
    const std::vector<double> perfect(plane.shapes.size(), 0);
    return evaluate(program, {plane.signed_m(where), perfect, 0});
  }
};

Point moved(Point from, double angle_rad, double by_m) {
  return {from.x_m + by_m * std::cos(angle_rad), from.y_m + by_m * std::sin(angle_rad)};
}

/// Straight towards and away from every line, where the nearest change must lie, and all round.
std::vector<double> directions(const Case& c) {
  constexpr double step_m = 1e-6;
  std::vector<double> angles;
  for (const auto& shape : c.plane.shapes) {
    const double here = signed_m(shape, c.at);
    const double to_x = signed_m(shape, {c.at.x_m + step_m, c.at.y_m}) - here;
    const double to_y = signed_m(shape, {c.at.x_m, c.at.y_m + step_m}) - here;
    angles.push_back(std::atan2(to_y, to_x));
    angles.push_back(angles.back() + std::numbers::pi);
  }
  for (int i = 0; i < 90; ++i) angles.push_back(i * std::numbers::pi / 45);
  return angles;
}

bool changes(const Case& c, double by_m) {
  const auto before = verdict_by_sets(c.policy, c.plane, c.at);
  return std::ranges::any_of(directions(c), [&](double angle_rad) {
    return verdict_by_sets(c.policy, c.plane, moved(c.at, angle_rad, by_m)) != before;
  });
}

/// Whether the verdict is the same with every line as far off as it may be, either way.
bool holds_at_all_corners(const Case& c, Verdict verdict, double position_accuracy_m) {
  const auto distances = c.plane.signed_m(c.at);
  const std::vector<double> perfect(distances.size(), 0);
  for (unsigned corner = 0; corner < 1U << distances.size(); ++corner) {
    auto shifted = distances;
    for (std::size_t i = 0; i < shifted.size(); ++i) {
      const double u_m = std::hypot(position_accuracy_m, c.plane.accuracy_m[i]);
      shifted[i] += (corner >> i & 1U) != 0 ? u_m : -u_m;
    }
    if (evaluate(c.program, {shifted, perfect, 0}).verdict != verdict) return false;
  }
  return true;
}

constexpr unsigned cases = 20'000;

}  // namespace

TEST_CASE("oracle: the verdict of perfectly known lines is that of plain sets, and the margin has its sign") {
  for (unsigned seed = 0; seed < cases; ++seed) {
    const Case c(seed);
    const auto outcome = c.evaluate_perfectly_known(c.at);
    CAPTURE(seed);
    REQUIRE(outcome.verdict == verdict_by_sets(c.policy, c.plane, c.at));
    REQUIRE((outcome.margin_m > 0) == (outcome.verdict == Verdict::eligible));
  }
}

TEST_CASE("oracle: the margin of perfectly known lines has no range") {
  for (unsigned seed = 0; seed < cases; ++seed) {
    const Case c(seed);
    const auto outcome = c.evaluate_perfectly_known(c.at);
    CAPTURE(seed);
    REQUIRE(std::pair(outcome.margin_lo_m, outcome.margin_hi_m) == std::pair(outcome.margin_m, outcome.margin_m));
  }
}

TEST_CASE("oracle: a move shorter than the margin never changes the verdict") {
  for (unsigned seed = 0; seed < cases; ++seed) {
    const Case c(seed);
    const double margin_m = std::fmin(std::fabs(c.evaluate_perfectly_known(c.at).margin_m), 1e6);
    CAPTURE(seed);
    for (const double part : {0.25, 0.7, 0.999}) REQUIRE_FALSE(changes(c, part * margin_m));
  }
}

TEST_CASE("oracle: where the margin is exact, a move a little longer changes the verdict") {
  unsigned exact = 0;
  for (unsigned seed = 0; seed < cases; ++seed) {
    const Case c(seed);
    const auto outcome = c.evaluate_perfectly_known(c.at);
    if (!outcome.margin_exact || std::isinf(outcome.margin_m)) continue;
    ++exact;
    CAPTURE(seed);
    REQUIRE(changes(c, 1.001 * std::fabs(outcome.margin_m)));
  }
  CHECK(exact > cases / 4);
}

TEST_CASE("oracle: a definite verdict holds wherever the lines are within their accuracy") {
  unsigned definite = 0;
  for (unsigned seed = 0; seed < cases; ++seed) {
    const Case c(seed);
    const double position_accuracy_m = seed % 7;
    const auto distances = c.plane.signed_m(c.at);
    const auto outcome = evaluate(c.program, {distances, c.plane.accuracy_m, position_accuracy_m});
    if (outcome.verdict == Verdict::indeterminate) continue;
    ++definite;
    CAPTURE(seed);
    REQUIRE(holds_at_all_corners(c, outcome.verdict, position_accuracy_m));
  }
  CHECK(definite > cases / 4);
}

}  // namespace kordon::policy::test
