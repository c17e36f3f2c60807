#include <doctest/doctest.h>

#include <cmath>

#include "tests/tracks/drawn.hpp"
#include "tracks/track.hpp"

using namespace kordon;
using namespace kordon::tracks;
using kordon::policy::Verdict;

namespace {

/// The square from (0, 0) to (1, 1).
const char* const square = "POLYGON((0 0,1 0,1 1,0 1,0 0))";

struct Fixture {
  test::Map map;
  policy::Policy policy;
  policy::Program program;

  explicit Fixture(const char* wkt = square, double line_accuracy_m = 0)
      : map(atlas_from_wkt({{"A", wkt}}), line_accuracy_m),
        policy(policy::test::policy_of(policy::test::everywhere(), {policy::test::permit(policy::test::inside(0))})),
        program(test::compiled(policy)) {}

  [[nodiscard]] TrackAnswer follow(const Track& track, const Reading& reading = {}) const {
    return test::follow_one(map.ask({&program}, {0}), track, reading);
  }
};

std::vector<Verdict> verdicts_of(const TrackAnswer& answer) {
  std::vector<Verdict> verdicts;
  for (const auto& interval : answer.courses[0].intervals) verdicts.push_back(interval.verdict);
  return verdicts;
}

using Verdicts = std::vector<Verdict>;

}  // namespace

TEST_CASE("an in-and-out hop between two fixes has both of its crossings") {
  const Fixture fixture;
  const auto answer = fixture.follow(test::timed_line_of({{-1, 0.5}, {2, 0.5}}, {0, 3000}));
  CHECK(verdicts_of(answer) == Verdicts{Verdict::ineligible, Verdict::eligible, Verdict::ineligible});
  const auto& crossings = answer.courses[0].crossings;
  REQUIRE(crossings.size() == 2);
  CHECK(std::abs(crossings[0].at.place.lon_deg) < 1e-7);
  CHECK(std::abs(crossings[1].at.place.lon_deg - 1) < 1e-7);
  CHECK(std::abs(crossings[0].at.time_ms - 1000) < 0.01);
  CHECK(crossings[0].earliest_ms == 0);
  CHECK(crossings[0].latest_ms == 3000);
  CHECK(answer.courses[0].intervals[1].dwell_s == doctest::Approx(1).epsilon(1e-6));
  REQUIRE(answer.visits[0].passages.size() == 2);
  CHECK(answer.visits[0].passages[0].enters);
  CHECK(!answer.visits[0].passages[1].enters);
  CHECK(answer.visits[0].dwell_s == doctest::Approx(1).epsilon(1e-6));
}

TEST_CASE("the corner of a region that a line cuts off by centimetres is seen") {
  const Fixture fixture;
  const double off = 0.02 / 111e3;
  const auto answer = fixture.follow(test::line_of({{-0.5 + off, 0.5}, {0.5, -0.5 + off}}));
  CHECK(verdicts_of(answer) == Verdicts{Verdict::ineligible, Verdict::eligible, Verdict::ineligible});
  const auto outside = fixture.follow(test::line_of({{-0.5 - off, 0.5}, {0.5, -0.5 - off}}));
  CHECK(verdicts_of(outside) == Verdicts{Verdict::ineligible});
  CHECK(std::abs(outside.courses[0].intervals[0].least_margin_m + 0.02 / std::sqrt(2.0)) < 0.011);
}

TEST_CASE("a line that crosses a boundary at a small angle crosses it once, and a place on a line is no part") {
  const Fixture fixture;
  // 1 m up in 50 m: for 10 cm it is nearer than 1 mm to the boundary.
  const double metre = 1 / 111e3;
  const auto answer = fixture.follow(test::line_of({{0.5, -0.5 * metre}, {0.5 + 50 * metre, 0.5 * metre}}));
  CHECK(verdicts_of(answer) == Verdicts{Verdict::ineligible, Verdict::eligible});
  REQUIRE(answer.courses[0].crossings.size() == 1);
  CHECK(std::abs(answer.courses[0].crossings[0].at.at_m - answer.length_m / 2) < 0.05);
  CHECK(answer.visits[0].passages.size() == 1);
}

TEST_CASE("an accuracy makes the way across a line indeterminate as wide as it") {
  const Fixture fixture;
  const auto answer = fixture.follow(test::line_of({{0.5, 0.5}, {-0.5, 0.5}}, 100));
  CHECK(verdicts_of(answer) == Verdicts{Verdict::eligible, Verdict::indeterminate, Verdict::ineligible});
  CHECK(answer.courses[0].intervals[1].length_m == doctest::Approx(200).epsilon(1e-5));
}

TEST_CASE("the time of a crossing lies between fixes whose side is certain") {
  const Fixture fixture;
  const double metre = 1 / 111319.49;
  std::vector<geo::LonLat> places;
  std::vector<double> times_ms;
  for (int i = 0; i <= 20; ++i) places.push_back({(i - 10.5) * 30 * metre, 0.5}), times_ms.push_back(i * 1000.0);
  const auto answer = fixture.follow(test::timed_line_of(places, times_ms, 50));
  REQUIRE(answer.visits[0].passages.size() == 1);
  const auto& passage = answer.visits[0].passages[0];
  CHECK(std::abs(passage.at.time_ms - 10500) < 0.01);
  // At 15 and 45 m a fix may lie on the other side, at 75 m it does not.
  CHECK(passage.earliest_ms == 8000);
  CHECK(passage.latest_ms == 13000);
}

TEST_CASE("a pause that is too long is a gap, and what lies in it is not bridged") {
  const Fixture fixture;
  const auto track = test::timed_line_of({{-1, 0.5}, {-0.5, 0.5}, {1.5, 0.5}, {2, 0.5}}, {0, 1000, 500000, 501000});
  const auto answer = fixture.follow(track, {.max_gap_s = 60});
  CHECK(verdicts_of(answer) == Verdicts{Verdict::ineligible, Verdict::ineligible});
  CHECK(answer.courses[0].crossings.empty());
  REQUIRE(answer.gaps.size() == 1);
  CHECK(answer.gaps[0].from.time_ms == 1000);
  CHECK(answer.gaps[0].to.time_ms == 500000);
  CHECK(answer.gaps[0].reason == Gap::Reason::pause);
  CHECK(answer.visits[0].length_m == 0);
  CHECK(fixture.follow(track).courses[0].crossings.size() == 2);
}

TEST_CASE("a jump faster than the greatest speed is a gap") {
  const Fixture fixture;
  const auto track = test::timed_line_of({{-1, 0.5}, {1.5, 0.5}, {1.5, 0.6}}, {0, 1000, 601000});
  const auto answer = fixture.follow(track, {.max_speed_m_s = 300});
  REQUIRE(answer.gaps.size() == 1);
  CHECK(answer.gaps[0].reason == Gap::Reason::jump);
  CHECK(answer.courses[0].crossings.empty());
}

TEST_CASE("an object that stands still has its dwell") {
  const Fixture fixture;
  const auto answer = fixture.follow(test::timed_line_of({{0.5, 0.5}, {0.5, 0.5}, {0.5, 0.5}}, {0, 1000, 9000}));
  REQUIRE(answer.courses[0].intervals.size() == 1);
  CHECK(answer.courses[0].intervals[0].dwell_s == 9);
  CHECK(answer.length_m == 0);
}

TEST_CASE("a line across the antimeridian goes the shorter way round, and that is said") {
  const Fixture fixture("POLYGON((179 0,180 0,180 1,179 1,179 0))");
  const auto track = test::line_of({{178, 0.5}, {-179, 0.5}});
  const auto answer = fixture.follow(track);
  CHECK(answer.length_m == doctest::Approx(3 * 111319.49 * std::cos(0.5 * 3.14159265 / 180)).epsilon(1e-4));
  CHECK(verdicts_of(answer) == Verdicts{Verdict::ineligible, Verdict::eligible, Verdict::ineligible});
  REQUIRE(oddities_of(track, {}).size() == 1);
  CHECK(oddities_of(track, {})[0] ==
        "the line crosses the antimeridian: it was read as going the shorter way round (1 time, first at position 1)");
}

TEST_CASE("a line over the pole has its length and its crossings") {
  const Fixture fixture("POLYGON((-180 80,180 80,180 90,-180 90,-180 80))");
  const auto answer = fixture.follow(test::line_of({{10, 70}, {10, 90}, {-170, 90}, {-170, 70}}));
  CHECK(verdicts_of(answer) == Verdicts{Verdict::ineligible, Verdict::eligible, Verdict::ineligible});
  const auto over = fixture.follow(test::line_of({{10, 70}, {-169.9, 70}}), {.edges = EdgeKind::geodesic});
  CHECK(verdicts_of(over) == Verdicts{Verdict::ineligible, Verdict::eligible, Verdict::ineligible});
}

TEST_CASE("what makes a line unreadable is told with its position") {
  CHECK(find_fault(test::line_of({{0, 0}}))->message == "a line has at least two positions");
  const auto back = find_fault(test::timed_line_of({{0, 0}, {1, 0}, {2, 0}}, {0, 2000, 1000}));
  REQUIRE(back);
  CHECK(back->fix == 2);
  CHECK(back->message == "its time lies before that of the position before it; put them in order");
  CHECK(find_fault(test::line_of({{-90, 0}, {90, 0}}))->fix == 1);
  CHECK(find_fault(test::timed_line_of({{0, 0}, {1, 0}}, {0, no_time}))->fix == 1);
}

TEST_CASE("positions with one time and ways that are too fast are told, once each") {
  const auto track = test::timed_line_of({{0, 0}, {1, 0}, {1, 0}, {1.1, 0}}, {0, 1000, 1000, 1000});
  const auto oddities = oddities_of(track, {});
  REQUIRE(oddities.size() == 2);
  CHECK(oddities[0].starts_with("two positions have the same time"));
  CHECK(oddities[1].starts_with("the way between two positions is faster than 1,200 km/h"));
}

TEST_CASE("a rule that ends while a line goes on ends its verdict there") {
  const test::Map map(atlas_from_wkt({{"A", square}}));
  auto policy = policy::test::policy_of(policy::test::everywhere(), {policy::test::permit(policy::test::inside(0))});
  policy.rules[0].in_force.until = policy::test::instant("2024-06-15T00:00:00Z");
  const auto before = policy::compile(policy, 0, policy::test::instant("2024-06-14T00:00:00Z"), {});
  const auto after = policy::compile(policy, 0, policy::test::instant("2024-06-15T00:00:00Z"), {});
  const auto change_ms = static_cast<double>(policy.rules[0].in_force.until->time_since_epoch().count());
  std::vector<Period> periods(2);
  periods[0].question = map.ask({&before});
  periods[1] = {change_ms, map.ask({&after})};
  const auto track = test::timed_line_of({{0.4, 0.5}, {0.6, 0.5}}, {change_ms - 1000, change_ms + 1000});
  const auto answer = follow(periods, track, {});
  CHECK(verdicts_of(answer) == Verdicts{Verdict::eligible, Verdict::ineligible});
  REQUIRE(answer.courses[0].crossings.size() == 1);
  CHECK(answer.courses[0].crossings[0].at.time_ms == change_ms);
  CHECK(std::abs(answer.courses[0].crossings[0].at.place.lon_deg - 0.5) < 1e-9);
  CHECK(answer.courses[0].crossings[0].because.clause == policy::none);
}

TEST_CASE("a line along the very boundary is indeterminate as long as it runs there, and answered soon") {
  const Fixture fixture;
  const auto answer = fixture.follow(test::line_of({{0, -1}, {0, 0}, {0.5, 0}, {0.5, 0.5}}));
  CHECK(verdicts_of(answer) == Verdicts{Verdict::ineligible, Verdict::indeterminate, Verdict::eligible});
  CHECK(answer.courses[0].intervals[1].length_m == doctest::Approx(0.5 * 111319.49).epsilon(1e-5));
  CHECK(answer.samples < 2000);
}
