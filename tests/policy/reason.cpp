#include "policy/reason.hpp"

#include <doctest/doctest.h>

#include "build.hpp"
#include "policy/explain.hpp"

namespace kordon::policy::test {
namespace {

constexpr std::string_view in_force = "2024-05-31T00:00:00Z";

Area russia() {
  auto area = inside(0, "RU");
  area.target_name = "Russia";
  return area;
}

Area along_kharkiv() {
  auto area = within_depth(1, "RU|UA-63");
  area.target_name = "Russia - Kharkiv oblast";
  return area;
}

/// What the shipped policy says of counter-fire: RU is target 0, its border RU|UA-63 target 1.
Policy counter_fire() {
  auto rule = permit(all({russia(), along_kharkiv()}));
  rule.in_force.from = instant("2024-05-30T00:00:00Z");
  auto policy = policy_of(russia(), {rule});
  policy.parameters = {depth_km()};
  return policy;
}

Policy long_range() { return policy_of(russia(), {prohibit(russia())}); }

Because why(const Policy& policy, std::vector<double> signed_m, std::string_view at = in_force,
            double position_accuracy_m = 0) {
  const std::vector<double> accuracy_m(signed_m.size(), 280);
  std::vector<double> values;
  for (const auto& parameter : policy.parameters) values.push_back(parameter.value);
  const Measurement measurement{signed_m, accuracy_m, position_accuracy_m};
  const auto program = compile(policy, 0, instant(at), values);
  return because_of(program, measurement, evaluate(program, measurement));
}

}  // namespace

TEST_CASE("beyond the permitted depth: that is why, even where the end of the scope is nearer") {
  // Moscow: 589.5 km from the border of the Kharkiv region, and 390 km from the edge of Russia.
  const auto moscow = why(counter_fire(), {390'000, -589'510});
  CHECK(moscow.rule == "permit");
  CHECK(moscow.clause == "within 100 km of RU|UA-63");
  CHECK(moscow.value_m == 589'510);
  CHECK(moscow.threshold_m == 100'000);
  CHECK(moscow.state == State::fails);
  CHECK(moscow.text == "Not within 100 km of the border Russia - Kharkiv oblast: 489.5 km too far");
}

TEST_CASE("of a time without a rule: that no rule was in force") {
  const auto before = why(counter_fire(), {31'000, -31'000}, "2024-05-29T23:59:59Z");
  CHECK(before.rule.empty());
  CHECK(before.clause == "no rule was in force yet on this date");
  CHECK_FALSE(before.value_m);
  CHECK_FALSE(before.state);
  CHECK(before.text == "No rule was in force yet on this date: the next one is in force from 2024-05-30");

  auto policy = counter_fire();
  policy.rules[0].in_force.until = instant("2024-06-30T12:00:00Z");
  CHECK(why(policy, {31'000, -31'000}, "2024-07-01T00:00:00Z").text == "No rule is in force any more on this date");
  policy.rules.push_back(policy.rules[0]);
  policy.rules[1].in_force = {instant("2025-01-01T10:00:00Z"), {}};
  CHECK(why(policy, {31'000, -31'000}, "2024-07-01T00:00:00Z").text ==
        "No rule is in force on this date: the next one is in force from 2025-01-01T10:00:00Z");
}

TEST_CASE("a time without a rule does not matter where the policy says nothing") {
  const auto away = why(counter_fire(), {-31'000, -31'000}, "2024-05-29T00:00:00Z");
  CHECK(away.clause == "inside RU");
  CHECK(away.text == "Not inside Russia: 31.0 km outside");
}

TEST_CASE("eligible: the clause that is nearest to failing") {
  const auto near = why(counter_fire(), {31'420, -31'420});
  CHECK(near.rule == "permit");
  CHECK(near.clause == "inside RU");
  CHECK(near.state == State::holds);
  CHECK(near.text == "Inside Russia: 31.4 km from its edge");
  CHECK(why(counter_fire(), {91'000, -91'000}).text ==
        "Within 100 km of the border Russia - Kharkiv oblast: 91.0 km away");
  CHECK(why(policy_of(everywhere(), {permit(everywhere())}), {}).text == "Everywhere, without an edge");
}

TEST_CASE("eligible near a prohibition: the permission is why, not that the prohibition is not reached") {
  const auto clear = why(policy_of(everywhere(), {permit(inside(0)), prohibit(within(1'000, 1))}), {9'000, -1'500});
  CHECK(clear.rule == "permit");
  CHECK(clear.text == "Inside A: 9.00 km from its edge");
}

TEST_CASE("ineligible by a prohibition: that one, and that it prohibits") {
  const auto prohibited = why(long_range(), {390'000});
  CHECK(prohibited.rule == "prohibit");
  CHECK(prohibited.clause == "inside RU");
  CHECK(prohibited.state == State::holds);
  CHECK(prohibited.text == "Prohibited here. Inside Russia: 390.0 km from its edge");

  const auto caught = why(policy_of(everywhere(), {permit(inside(0)), prohibit(within(1'000, 1))}), {9'000, -400});
  CHECK(caught.rule == "prohibit");
  CHECK(caught.text == "Prohibited here. Within 1000 m of the border A|B: 400 m away");

  const auto elsewhere = why(policy_of(everywhere(), {prohibit(inside(0))}), {-9'000});
  CHECK(elsewhere.rule.empty());
  CHECK(elsewhere.text == "No rule permits it");
}

TEST_CASE("ineligible by what a permission leaves out") {
  const auto policy = policy_of(everywhere(), {permit(all({inside(0), outside_of(inside(1, "B"))}))});
  CHECK(why(policy, {9'000, 2'000}).text == "Inside B, which is left out: 2.00 km from its edge");
  CHECK(why(policy, {9'000, -2'000}).text == "Not inside B: 2.00 km outside");
}

TEST_CASE("of several permissions, ineligible by the one that is nearest to holding") {
  const auto policy = policy_of(everywhere(), {permit(within(1'000, 0, "A")), permit(within(5'000, 1, "B"))});
  CHECK(why(policy, {-9'000, -12'000}).text == "Not within 5000 m of B: 7.00 km too far");
  CHECK(why(policy, {-9'000, -14'000}).text == "Not within 1000 m of A: 8.00 km too far");
}

TEST_CASE("of several clauses that failed, the one that is missed by most") {
  const auto policy = policy_of(everywhere(), {permit(all({inside(0), within(1'000, 1)}))});
  CHECK(why(policy, {-2'000, -9'000}).clause == "within 1000 m of A|B");
  CHECK(why(policy, {-9'000, -2'000}).clause == "inside A");
}

TEST_CASE("too close to tell: the line whose range reaches over 0") {
  const auto on_line = why(counter_fire(), {120, -120});
  CHECK(on_line.state == State::uncertain);
  CHECK(on_line.text == "Too close to the edge of Russia to tell: 120 m away, and known to 280 m");
  CHECK(why(counter_fire(), {600'000, -99'900}).text ==
        "Too close to 100 km from the border Russia - Kharkiv oblast to tell: 100 m away, and known to 280 m");
  // The nearer edge is 5 m away and known to 1 m; the farther one, 150 m away, is known to 280 m.
  const auto policy = policy_of(everywhere(), {permit(all({inside(0), inside(1, "B")}))});
  const std::vector<double> signed_m{5, 150};
  const std::vector<double> accuracy_m{1, 280};
  const Measurement measurement{signed_m, accuracy_m, 0};
  const auto program = compile(policy, 0, instant(in_force), {});
  CHECK(because_of(program, measurement, evaluate(program, measurement)).clause == "inside B");
}

TEST_CASE("too close to the edge of a scope that a prohibition covers: the prohibition is named") {
  const auto edge = why(long_range(), {100});
  CHECK(edge.rule == "prohibit");
  CHECK(edge.text == "Too close to the edge of Russia to tell: 100 m away, and known to 280 m");
  CHECK(why(long_range(), {-100}).rule.empty());
}

}  // namespace kordon::policy::test
