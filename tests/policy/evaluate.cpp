#include "policy/evaluate.hpp"

#include <doctest/doctest.h>

#include <array>
#include <limits>

#include "tests/policy/build.hpp"

namespace kordon::policy::test {
namespace {

constexpr double unbounded_m = std::numeric_limits<double>::infinity();

struct Known {
  std::vector<double> signed_m;
  std::vector<double> accuracy_m = {};  // 0 where not given
  double position_accuracy_m = 0;
};

Outcome outcome(const Policy& policy, const Known& known, std::string_view at = "2024-06-15T00:00:00Z") {
  std::vector<double> values;
  values.reserve(policy.parameters.size());
  for (const auto& parameter : policy.parameters) values.push_back(parameter.value);
  auto accuracy_m = known.accuracy_m;
  accuracy_m.resize(known.signed_m.size());
  return evaluate(compile(policy, 0, instant(at), values), {known.signed_m, accuracy_m, known.position_accuracy_m});
}

/// RU is target 0, its border RU|UA-63 target 1: what the shipped policy says of counter-fire.
Policy counter_fire() {
  auto rule = permit(all({inside(0, "RU"), within_depth(1, "RU|UA-63")}));
  rule.in_force.from = instant("2024-05-30T00:00:00Z");
  auto policy = policy_of(inside(0, "RU"), {rule});
  policy.parameters = {depth_km()};
  return policy;
}

}  // namespace

TEST_CASE("inside the permitted depth: eligible, and the nearer edge decides") {
  const auto near = outcome(counter_fire(), {{400, -400}});
  CHECK(near.verdict == Verdict::eligible);
  CHECK(near.margin_m == 400);
  CHECK(near.margin_exact);

  const auto deep = outcome(counter_fire(), {{99'000, -99'000}});
  CHECK(deep.verdict == Verdict::eligible);
  CHECK(deep.margin_m == 1'000);
  CHECK_FALSE(deep.margin_exact);
}

TEST_CASE("beyond the permitted depth: ineligible by the distance to it") {
  const auto deep = outcome(counter_fire(), {{130'000, -130'000}});
  CHECK(deep.verdict == Verdict::ineligible);
  CHECK(deep.margin_m == -30'000);
  CHECK_FALSE(deep.margin_exact);
}

TEST_CASE("beyond the permitted depth but nearer to the end of the scope: ineligible by that") {
  const auto edge = outcome(counter_fire(), {{2'000, -700'000}});
  CHECK(edge.verdict == Verdict::ineligible);
  CHECK(edge.margin_m == -2'000);
  CHECK(edge.margin_exact);
}

TEST_CASE("outside the scope: not applicable by the distance to it") {
  const auto away = outcome(counter_fire(), {{-3'000, -3'000}});
  CHECK(away.verdict == Verdict::not_applicable);
  CHECK(away.margin_m == -3'000);
  CHECK(away.margin_exact);
}

TEST_CASE("a line known to 280 m leaves 280 m on either side open") {
  const Known at_279{{279, -279}, {280, 280}};
  CHECK(outcome(counter_fire(), at_279).verdict == Verdict::indeterminate);
  CHECK(outcome(counter_fire(), at_279).margin_m == 279);
  CHECK(outcome(counter_fire(), at_279).margin_lo_m == -1);
  CHECK(outcome(counter_fire(), at_279).margin_hi_m == 559);
  CHECK(outcome(counter_fire(), {{281, -281}, {280, 280}}).verdict == Verdict::eligible);
  CHECK(outcome(counter_fire(), {{-279, -279}, {280, 280}}).verdict == Verdict::indeterminate);
  CHECK(outcome(counter_fire(), {{-281, -281}, {280, 280}}).verdict == Verdict::not_applicable);
  CHECK(outcome(counter_fire(), {{99'900, -99'900}, {280, 280}}).verdict == Verdict::indeterminate);
  CHECK(outcome(counter_fire(), {{100'300, -100'300}, {280, 280}}).verdict == Verdict::ineligible);
}

TEST_CASE("the position's accuracy and the line's add as independent errors") {
  const auto both = outcome(counter_fire(), {{1'000, -1'000}, {280, 280}, 450});
  CHECK(both.margin_lo_m == doctest::Approx(1'000 - 530));
  CHECK(both.margin_hi_m == doctest::Approx(1'000 + 530));
}

TEST_CASE("exactly on a line: indeterminate") {
  CHECK(outcome(counter_fire(), {{0, 0}}).verdict == Verdict::indeterminate);
  CHECK(outcome(counter_fire(), {{0, -500'000}}).verdict == Verdict::indeterminate);
  CHECK(outcome(counter_fire(), {{100'000, -100'000}}).verdict == Verdict::indeterminate);
}

TEST_CASE("the verdict changes with the first instant of the guidance") {
  const Known here{{5'000, -5'000}};
  CHECK(outcome(counter_fire(), here, "2024-05-29T23:59:59Z").verdict == Verdict::ineligible);
  CHECK(outcome(counter_fire(), here, "2024-05-29T23:59:59.999Z").verdict == Verdict::ineligible);
  CHECK(outcome(counter_fire(), here, "2024-05-30T00:00:00Z").verdict == Verdict::eligible);
}

TEST_CASE("while no rule permits, the end of the scope is the only change") {
  const auto before = outcome(counter_fire(), {{5'000, -5'000}}, "2024-05-29T00:00:00Z");
  CHECK(before.margin_m == -5'000);
  CHECK(before.margin_exact);
}

TEST_CASE("a prohibition of the whole scope ends where the scope does") {
  const auto long_range = policy_of(inside(0, "RU"), {prohibit(inside(0, "RU"))});
  const auto within_ru = outcome(long_range, {{40'000}});
  CHECK(within_ru.verdict == Verdict::ineligible);
  CHECK(within_ru.margin_m == -40'000);
  CHECK(within_ru.margin_exact);
}

TEST_CASE("permitted everywhere: eligible with no end") {
  const auto anywhere = outcome(policy_of(everywhere(), {permit(everywhere())}), {});
  CHECK(anywhere.verdict == Verdict::eligible);
  CHECK(anywhere.margin_m == unbounded_m);
  CHECK(anywhere.margin_exact);
}

TEST_CASE("nothing permits anywhere: ineligible with no end and no clause") {
  const auto nowhere = outcome(policy_of(everywhere(), {}), {});
  CHECK(nowhere.verdict == Verdict::ineligible);
  CHECK(nowhere.margin_m == -unbounded_m);
  CHECK(nowhere.clause == none);
}

TEST_CASE("a prohibition takes its area out of a permission") {
  const auto policy = policy_of(everywhere(), {permit(inside(0)), prohibit(within(1'000, 1))});
  const auto clear = outcome(policy, {{9'000, -1'500}});
  CHECK(clear.verdict == Verdict::eligible);
  CHECK(clear.margin_m == 500);
  CHECK(clear.margin_exact);

  const auto caught = outcome(policy, {{9'000, -400}});
  CHECK(caught.verdict == Verdict::ineligible);
  CHECK(caught.margin_m == -600);
  CHECK_FALSE(caught.margin_exact);
}

TEST_CASE("within a region counts from its edge, and everything inside it") {
  const auto policy = policy_of(everywhere(), {permit(within(1'000, 0))});
  CHECK(outcome(policy, {{500}}).margin_m == 1'500);
  CHECK(outcome(policy, {{-400}}).margin_m == 600);
  CHECK(outcome(policy, {{-1'300}}).margin_m == -300);
  CHECK(outcome(policy, {{-1'300}}).margin_exact);
  CHECK_FALSE(outcome(policy, {{-400}}).margin_exact);
}

TEST_CASE("of several permissions the best decides, and moving out of it may lead into another") {
  const auto policy = policy_of(everywhere(), {permit(inside(0)), permit(inside(1))});
  const auto in_both = outcome(policy, {{100, 300}});
  CHECK(in_both.margin_m == 300);
  CHECK_FALSE(in_both.margin_exact);
  const auto in_neither = outcome(policy, {{-100, -300}});
  CHECK(in_neither.margin_m == -100);
  CHECK(in_neither.margin_exact);
}

TEST_CASE("a permission beyond the scope does not make the edge of the scope eligible") {
  const auto policy = policy_of(inside(0), {permit(everywhere())});
  CHECK(outcome(policy, {{-5}}).verdict == Verdict::not_applicable);
  CHECK(outcome(policy, {{-5}, {10}}).verdict == Verdict::indeterminate);
  CHECK(outcome(policy, {{5}, {10}}).verdict == Verdict::indeterminate);
  CHECK(outcome(policy, {{15}, {10}}).verdict == Verdict::eligible);
}

TEST_CASE("a region without a boundary has no end") {
  const auto policy = policy_of(inside(0), {permit(within(1'000, 1))});
  const auto earth = outcome(policy, {{unbounded_m, -400}, {280, 280}});
  CHECK(earth.verdict == Verdict::eligible);
  CHECK(earth.margin_m == 600);
}

TEST_CASE("verdicts have the names of the contract") {
  CHECK(name_of(Verdict::eligible) == "eligible");
  CHECK(name_of(Verdict::ineligible) == "ineligible");
  CHECK(name_of(Verdict::indeterminate) == "indeterminate");
  CHECK(name_of(Verdict::not_applicable) == "not_applicable");
}

TEST_CASE("on the line the margin is 0 and not known better than a millimetre, however well all else is known") {
  for (const double signed_m : {0.0004, -0.0004, 0.0, -0.0}) {
    const auto on = outcome(policy_of(everywhere(), {permit(inside(0, "A"))}), {{signed_m}});
    CHECK(on.verdict == Verdict::indeterminate);
    CHECK(on.margin_m == 0);
    CHECK(on.margin_lo_m == -0.001);
    CHECK(on.margin_hi_m == 0.001);
  }
  CHECK(outcome(policy_of(everywhere(), {permit(inside(0, "A"))}), {{0.0011}}).verdict == Verdict::eligible);
}

}  // namespace kordon::policy::test
