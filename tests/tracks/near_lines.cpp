// Lines that run beside a boundary, or beside the end of a zone, for long: what they cost, and that nothing is missed.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cmath>

#include "tests/tracks/drawn.hpp"
#include "tracks/track.hpp"

using namespace kordon;
using namespace kordon::tracks;
using kordon::policy::Verdict;

namespace {

constexpr double metre_deg = 1 / 111229.0;  // of latitude, at 50 degrees
constexpr double east_m = 71696;            // of a degree of longitude there

/// A rectangle whose southern edge is the parallel 50, ten degrees long, and a far one that is asked for, too.
struct Fixture {
  test::Map map{atlas_from_wkt(
      {{"A", "POLYGON((30 50,40 50,40 52,30 52,30 50))"}, {"B", "POLYGON((50 50,51 50,51 51,50 51,50 50))"}})};
  policy::Policy inside =
      policy::test::policy_of(policy::test::everywhere(), {policy::test::permit(policy::test::inside(0))});
  policy::Policy zone =
      policy::test::policy_of(policy::test::everywhere(), {policy::test::permit(policy::test::within(4000, 0, "A"))});
  policy::Program in_region = test::compiled(inside);
  policy::Program in_zone = test::compiled(zone);

  [[nodiscard]] TrackAnswer follow(const policy::Program& program, const Track& track, EdgeKind edges) const {
    return test::follow_one(map.ask({&program}, {0, 1}), track, {.edges = edges});
  }
};

/// 101 places to the east, `step_m` from each other, by turns so far north of a parallel.
Track beside(double lat_deg, double step_m, double even_m, double odd_m) {
  std::vector<geo::LonLat> places;
  for (int i = 0; i <= 100; ++i) {
    places.push_back({31 + i * step_m / east_m, lat_deg + (i % 2 == 0 ? even_m : odd_m) * metre_deg});
  }
  return test::line_of(std::move(places));
}

constexpr EdgeKind kinds[] = {EdgeKind::planar, EdgeKind::geodesic};

}  // namespace

TEST_CASE("a line beside a boundary, on it or across it costs in proportion to its length and its vertices") {
  const Fixture fixture;
  for (const auto edges : kinds) {
    for (const auto& [even_m, odd_m] : {std::pair(0.0, 0.0),
                                        {0.003, 0.003},
                                        {0.05, 0.05},
                                        {-0.002, -0.002},
                                        {5.0, 5.0},
                                        {0.05, -0.05},
                                        {-0.01, 0.01},
                                        {0.002, 0.05},
                                        {2000.0, 0.0}}) {
      for (const double step_m : {30.0, 300.0, 2000.0}) {
        CAPTURE(fmt::format("{} and {} m beside, {} m steps, {}", even_m, odd_m, step_m, static_cast<int>(edges)));
        const auto answer = fixture.follow(fixture.in_region, beside(50, step_m, even_m, odd_m), edges);
        CHECK(!answer.given_up);
        CHECK(static_cast<double>(answer.samples) < 300 * 100 + 0.5 * answer.length_m);
      }
    }
  }
}

TEST_CASE("a line beside the end of a zone costs in proportion to its length and its vertices") {
  const Fixture fixture;
  // By the meridian's length: 4,000 m south of the boundary the zone ends.
  for (const auto edges : kinds) {
    for (const double off_m : {0.0, 0.003, 0.05, -0.05, 1.0}) {
      CAPTURE(off_m);
      const auto answer = fixture.follow(fixture.in_zone, beside(50 - 4000 * metre_deg, 300, off_m, off_m), edges);
      CHECK(!answer.given_up);
      CHECK(static_cast<double>(answer.samples) < 300 * 100 + 0.5 * answer.length_m);
    }
  }
}

TEST_CASE("what goes across by centimetres over a kilometre is seen once, and what stays beside is one interval") {
  const Fixture fixture;
  for (const auto edges : kinds) {
    CAPTURE(static_cast<int>(edges));
    // A geodesic of 100 m bends by 0.2 mm.
    const auto across = fixture.follow(fixture.in_region, beside(50, 100, 0.05, -0.05), edges);
    CHECK(across.visits[0].passages.size() == 100);
    const auto within = fixture.follow(fixture.in_region, beside(50, 100, 0.05, 0.05), edges);
    REQUIRE(within.courses[0].intervals.size() == 1);
    CHECK(within.courses[0].intervals[0].verdict == Verdict::eligible);
    CHECK(std::abs(within.courses[0].intervals[0].least_margin_m - 0.05) < 0.011);
    // 1 km of geodesic goes 2.3 cm north of its parallel: out of what lies south, and back, each time.
    const auto bent = fixture.follow(fixture.in_region, beside(50, 1000, -0.01, -0.01), edges);
    CHECK(bent.visits[0].passages.size() == (edges == EdgeKind::geodesic ? 200 : 0));
  }
}
