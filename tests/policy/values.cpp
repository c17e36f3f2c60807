#include "policy/values.hpp"

#include <doctest/doctest.h>

#include <limits>

#include "tests/policy/build.hpp"

namespace kordon::policy::test {
namespace {

Policy with_depth() {
  auto policy = policy_of(everywhere(), {});
  policy.parameters = {depth_km()};
  return policy;
}

}  // namespace

TEST_CASE("a parameter has its default unless the request sets it") {
  CHECK(choose_values(with_depth(), {}).value() == std::vector{100.0});
  CHECK(choose_values(with_depth(), {{"depth_km", 60}}).value() == std::vector{60.0});
  CHECK(choose_values(with_depth(), {{"depth_km", 0}}).value() == std::vector{0.0});
  CHECK(choose_values(with_depth(), {{"depth_km", 2000}}).value() == std::vector{2000.0});
}

TEST_CASE("every value that cannot be used is named, with what was expected") {
  const auto values = choose_values(with_depth(), {{"depth_km", 2000.5}, {"width_km", 1}});
  REQUIRE_FALSE(values);
  REQUIRE(values.error().size() == 2);
  CHECK(values.error()[0].parameter == "depth_km");
  CHECK(values.error()[0].message == "is 2000.5, expected 0 to 2000 km");
  CHECK(values.error()[1].parameter == "width_km");
  CHECK(values.error()[1].message == "policy 'test' has no such parameter");
}

TEST_CASE("a value that is not finite is out of range") {
  CHECK_FALSE(choose_values(with_depth(), {{"depth_km", std::numeric_limits<double>::quiet_NaN()}}));
  CHECK_FALSE(choose_values(with_depth(), {{"depth_km", std::numeric_limits<double>::infinity()}}));
}

}  // namespace kordon::policy::test
