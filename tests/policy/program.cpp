#include "policy/program.hpp"

#include <doctest/doctest.h>

#include "tests/policy/build.hpp"

namespace kordon::policy::test {

TEST_CASE("a program holds the rules of its activity that are in force") {
  auto other = permit(inside(7));
  other.activity = 1;
  auto later = permit(inside(8));
  later.in_force.from = instant("2024-06-01T00:00:00Z");
  auto policy = policy_of(inside(1), {permit(inside(2)), other, later});
  policy.activities.push_back({"other", "", everywhere()});

  const auto before = compile(policy, 0, instant("2024-05-31T23:59:59.999Z"), {});
  CHECK(before.targets == std::vector<geo::Target>{1, 2});
  const auto after = compile(policy, 0, instant("2024-06-01T00:00:00Z"), {});
  CHECK(after.targets == std::vector<geo::Target>{1, 2, 8});
}

TEST_CASE("targets are named once and in order") {
  const auto policy = policy_of(inside(5), {permit(all({within(1, 9), inside(5)})), prohibit(inside(2))});
  CHECK(compile(policy, 0, {}, {}).targets == std::vector<geo::Target>{2, 5, 9});
}

TEST_CASE("a program that asks for everywhere needs no target") {
  CHECK(compile(policy_of(everywhere(), {permit(everywhere())}), 0, {}, {}).targets.empty());
}

TEST_CASE("parameters are replaced by their values, in metres") {
  auto policy = policy_of(everywhere(), {permit(within_depth(1)), permit(within(12, 1)), permit(inside(1))});
  policy.parameters = {depth_km()};
  policy.rules[1].area.radius.unit = Unit::nautical_mile;
  const auto program = compile(policy, 0, {}, std::vector{60.0});
  CHECK(program.clauses[0].radius_m == 60'000);
  CHECK(program.clauses[1].radius_m == 22'224);
  CHECK(program.clauses[2].radius_m == 0);
}

}  // namespace kordon::policy::test
