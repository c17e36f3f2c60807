#include "policy/explain.hpp"

#include <doctest/doctest.h>

#include "tests/policy/build.hpp"

namespace kordon::policy::test {
namespace {

Policy counter_fire() {
  auto rule = permit(all({inside(0, "RU"), within_depth(1, "RU|UA-63")}));
  rule.id = "counter-fire-kharkiv";
  rule.in_force.from = instant("2024-05-30T00:00:00Z");
  rule.assumed = {"the date is read as UTC"};
  auto policy = policy_of(inside(0, "RU"), {rule});
  policy.parameters = {depth_km()};
  policy.known_through = instant("2024-05-31T23:59:59Z");
  return policy;
}

Explanation explain_at(const Policy& policy, std::vector<double> signed_m, std::string_view at = "2024-05-31T00:00:00Z",
                       std::vector<double> values = {100}) {
  const std::vector<double> accuracy_m(signed_m.size(), 280);
  return explain(compile(policy, 0, instant(at), values), {signed_m, accuracy_m, 0});
}

}  // namespace

TEST_CASE("an explanation names the clause that decides, its value and its threshold") {
  const auto policy = counter_fire();
  const auto near = explain_at(policy, {5'000, -5'000}).because;
  CHECK(near.rule == "counter-fire-kharkiv");
  CHECK(near.clause == "inside RU");
  CHECK(near.value_m == 5'000);
  CHECK(near.threshold_m == 0);

  const auto deep = explain_at(policy, {99'000, -99'000}).because;
  CHECK(deep.rule == "counter-fire-kharkiv");
  CHECK(deep.clause == "within 100 km of RU|UA-63");
  CHECK(deep.value_m == 99'000);
  CHECK(deep.threshold_m == 100'000);
}

TEST_CASE("an explanation says that the scope decides by naming no rule") {
  const auto away = explain_at(counter_fire(), {-5'000, -5'000}).because;
  CHECK(away.rule.empty());
  CHECK(away.clause == "inside RU");
  CHECK(away.value_m == -5'000);
}

TEST_CASE("an explanation says that nothing permits") {
  const auto because = explain_at(policy_of(everywhere(), {}), {}, "2024-05-31T00:00:00Z", {}).because;
  CHECK(because.rule.empty());
  CHECK(because.clause == "no rule permits it");
  CHECK_FALSE(because.value_m);
  CHECK_FALSE(because.threshold_m);
  CHECK_FALSE(because.state);
}

TEST_CASE("an explanation lists every clause with its range and state") {
  const auto clauses = explain_at(counter_fire(), {99'900, -99'900}).clauses;
  REQUIRE(clauses.size() == 3);
  CHECK(clauses[0].clause == "inside RU");
  CHECK(clauses[0].role == Role::permit);
  CHECK(clauses[0].state == State::holds);
  CHECK(clauses[1].clause == "within 100 km of RU|UA-63");
  CHECK(clauses[1].state == State::uncertain);
  CHECK(clauses[1].margin_m == 100);
  CHECK(clauses[1].margin_lo_m == -180);
  CHECK(clauses[1].margin_hi_m == 380);
  CHECK(clauses[2].role == Role::scope);
  CHECK(clauses[2].rule.empty());
  CHECK(explain_at(counter_fire(), {-900, -900}).clauses[0].state == State::fails);
}

TEST_CASE("a clause that holds everywhere has neither value nor threshold") {
  const auto clause =
      explain_at(policy_of(everywhere(), {permit(everywhere())}), {}, "2024-05-31T00:00:00Z", {}).clauses[0];
  CHECK(clause.clause == "everywhere");
  CHECK_FALSE(clause.value_m);
  CHECK_FALSE(clause.threshold_m);
  CHECK(clause.state == State::holds);
}

TEST_CASE("a parameter is reported with its value, its assumption and where the verdict flips") {
  const auto use = explain_at(counter_fire(), {50'000, -50'000}, "2024-05-31T00:00:00Z", {60}).parameters.at(0);
  CHECK(use.id == "depth_km");
  CHECK(use.value == 60);
  CHECK(use.assumed);
  CHECK(use.note == "the source states no distance");
  CHECK(use.flips_at.value() == doctest::Approx(50.28));
}

TEST_CASE("a parameter that no rule in force compares with is not reported") {
  CHECK(explain_at(counter_fire(), {5'000, -5'000}, "2024-05-29T00:00:00Z").parameters.empty());
}

TEST_CASE("warnings tell what no source states, and only that") {
  const auto assumed = explain_at(counter_fire(), {5'000, -5'000}).warnings;
  REQUIRE(assumed.size() == 2);
  CHECK(assumed[0] == "depth_km = 100 km is assumed: the source states no distance");
  CHECK(assumed[1] == "rule counter-fire-kharkiv assumes: the date is read as UTC");
  CHECK(explain_at(counter_fire(), {5'000, -5'000}, "2024-05-29T00:00:00Z").warnings.empty());
}

TEST_CASE("an answer for a later time than the policy is known through says so") {
  const auto at_the_end = explain_at(counter_fire(), {5'000, -5'000}, "2024-05-31T23:59:59Z").warnings;
  CHECK(at_the_end.size() == 2);
  const auto later = explain_at(counter_fire(), {5'000, -5'000}, "2024-06-01T00:00:00Z").warnings;
  REQUIRE(later.size() == 3);
  CHECK(later[2] == "policy test is known through 2024-05-31T23:59:59Z: later guidance is not in it");
}

}  // namespace kordon::policy::test
