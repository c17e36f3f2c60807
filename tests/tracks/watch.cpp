#include "tracks/watch.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "tests/geo/oracle.hpp"
#include "tests/tracks/drawn.hpp"

using namespace kordon;
using namespace kordon::tracks;
using Kind = WatchEvent::Kind;

namespace {

struct Fixture {
  test::Map map{
      atlas_from_wkt({{"A", "POLYGON((0 0,1 0,1 1,0 1,0 0))"}, {"B", "POLYGON((0.3 0.3,0.6 0.3,0.6 0.6,0.3 0.3))"}})};
  policy::Policy policy =
      policy::test::policy_of(policy::test::everywhere(), {policy::test::permit(policy::test::inside(0))});
  policy::Program program = test::compiled(policy);
  std::vector<Period> periods{{.question = map.ask({&program}, {0, 1})}};
};

std::vector<WatchEvent> watched(const Fixture& fixture, const std::vector<Fix>& fixes, const WatchRules& rules = {}) {
  Watch watch(fixture.periods, rules);
  WatchedObject object;
  std::vector<WatchEvent> events;
  for (const auto& fix : fixes) CHECK(watch.add(object, fix, events));
  return events;
}

std::vector<WatchEvent> of(const std::vector<WatchEvent>& events, Kind kind, std::size_t region = 0) {
  std::vector<WatchEvent> some;
  std::ranges::copy_if(events, std::back_inserter(some),
                       [&](const WatchEvent& event) { return event.kind == kind && event.region == region; });
  return some;
}

}  // namespace

TEST_CASE("the events of a stream of fixes are the crossings of the whole track") {
  const Fixture fixture;
  std::mt19937_64 random(11);
  std::uniform_real_distribution<double> step(-0.08, 0.08);
  std::vector<Fix> fixes{{{0.5, 0.5}, 0, 0}};
  while (fixes.size() < 3000) {
    auto [lon, lat] = fixes.back().place;
    fixes.push_back({{std::clamp(lon + step(random), -0.5, 1.5), std::clamp(lat + step(random), -0.5, 1.5)},
                     0,
                     fixes.back().time_ms + 1000});
  }
  Track track;
  track.pieces = {fixes};
  const auto whole = test::follow_one(fixture.periods[0].question, track);
  const auto events = watched(fixture, fixes);
  std::size_t compared = 0;
  for (std::size_t region = 0; region < 2; ++region) {
    std::vector<WatchEvent> passages;
    for (const auto& event : events) {
      const bool passes = event.kind == Kind::enter || event.kind == Kind::exit;
      if (passes && event.region == region && event.seen) passages.push_back(event);
    }
    const auto& expected = whole.visits[region].passages;
    REQUIRE(passages.size() == expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i, ++compared) {
      CHECK((passages[i].kind == Kind::enter) == expected[i].enters);
      CHECK(std::abs(passages[i].at.time_ms - expected[i].at.time_ms) < 1);
      CHECK(std::abs(passages[i].at.at_m - expected[i].at.at_m) < 0.01);
      CHECK(passages[i].earliest_ms == expected[i].earliest_ms);
      CHECK(passages[i].latest_ms == expected[i].latest_ms);
    }
  }
  CHECK(compared > 100);
  CHECK(std::ranges::is_sorted(events, {}, [](const WatchEvent& event) { return event.at.time_ms; }));
  auto verdicts = of(events, Kind::verdict);
  std::erase_if(verdicts, [](const WatchEvent& event) { return !event.seen; });
  CHECK(verdicts.size() == whole.courses[0].crossings.size());
}

TEST_CASE("an object that hops in and out between two fixes has both events, and its dwell") {
  const Fixture fixture;
  const auto events = watched(fixture, {{{-1, 0.1}, 0, 0}, {{2, 0.1}, 0, 3000}}, {.reading = {}, .dwell_s = 0.5});
  REQUIRE(of(events, Kind::enter).size() == 1);
  REQUIRE(of(events, Kind::exit).size() == 1);
  CHECK(of(events, Kind::exit)[0].dwell_s == doctest::Approx(1).epsilon(1e-4));
  const auto dwells = of(events, Kind::dwell);
  REQUIRE(dwells.size() == 1);
  CHECK(std::abs(dwells[0].at.time_ms - 1500) < 1);
  CHECK(std::abs(dwells[0].at.place.lon_deg - 0.5) < 1e-3);
}

TEST_CASE("a pause ends what an object is in, and what it is in afterwards begins anew") {
  const Fixture fixture;
  const auto events = watched(fixture, {{{0.1, 0.1}, 0, 0}, {{0.2, 0.1}, 0, 1000}, {{0.2, 0.1}, 0, 900'000}},
                              {.reading = {.max_gap_s = 60}});
  REQUIRE(of(events, Kind::gap).size() == 1);
  CHECK(of(events, Kind::gap)[0].latest_ms == 900'000);
  REQUIRE(of(events, Kind::exit).size() == 1);
  CHECK(!of(events, Kind::exit)[0].seen);
  CHECK(of(events, Kind::exit)[0].dwell_s == 1);
  CHECK(of(events, Kind::enter).size() == 2);
}

TEST_CASE("a fix of an earlier time is not taken and changes nothing; one of the same time is") {
  const Fixture fixture;
  Watch watch(fixture.periods, {});
  WatchedObject object;
  std::vector<WatchEvent> events;
  CHECK(watch.add(object, {{0.1, 0.1}, 0, 2000}, events));
  const auto told = events.size();
  CHECK(!watch.add(object, {{5, 5}, 0, 1000}, events));
  CHECK(events.size() == told);
  CHECK(object.fixes == 1);
  CHECK(watch.add(object, {{-0.1, 0.1}, 0, 2000}, events));
  CHECK(of(events, Kind::exit).size() == 1);
}
