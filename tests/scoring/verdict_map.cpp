#include "scoring/verdict_map.hpp"

#include <doctest/doctest.h>

#include <future>

#include "tests/geo/shipped.hpp"
#include "tests/scoring/kharkiv.hpp"

namespace kordon::scoring::test {
namespace {

constexpr std::size_t many = geo::is_sanitized ? 5'000 : 200'000;

using Verdicts = std::vector<std::vector<policy::Verdict>>;

Verdicts by_map(const VerdictMap& map, const Terms& terms, const Positions& positions) {
  Verdicts verdicts(terms.programs.size(), std::vector<policy::Verdict>(positions.size()));
  map.evaluate(positions, std::vector<std::span<policy::Verdict>>(verdicts.begin(), verdicts.end()));
  return verdicts;
}

Verdicts by_evaluation(const Terms& terms, const Positions& positions) {
  Evaluations all;
  evaluate(terms, positions, all);
  Verdicts verdicts;
  for (const auto& outcomes : all.outcomes) verdicts.push_back(outcomes.verdict);
  return verdicts;
}

}  // namespace

TEST_CASE("the map's verdicts are those of the full evaluation") {
  const Kharkiv kharkiv;
  const auto terms = kharkiv.terms();
  const VerdictMap map(terms);
  CHECK(map.size_bytes() == 0);
  for (const double worst_accuracy_m : {0.0, 20.0, 1000.0}) {
    const Points points(many, {33, 48}, {41, 52.5}, worst_accuracy_m);
    CHECK(by_map(map, terms, points.positions()) == by_evaluation(terms, points.positions()));
  }
  CHECK(map.size_bytes() > 0);
}

TEST_CASE("also where few ask, far away, at the poles and at 180 degrees") {
  const Kharkiv kharkiv;
  const auto terms = kharkiv.terms();
  const VerdictMap map(terms);
  Points points(300, {-180, -90}, {180, 90}, 0);
  for (const double lon_deg : {-180.0, 0.0, 180.0}) {
    for (const double lat_deg : {-90.0, 0.0, 67.0, 90.0}) {
      points.lon_deg.push_back(lon_deg);
      points.lat_deg.push_back(lat_deg);
      points.accuracy_m.push_back(0);
    }
  }
  CHECK(by_map(map, terms, points.positions()) == by_evaluation(terms, points.positions()));
}

TEST_CASE("threads that divide the same tiles agree") {
  const Kharkiv kharkiv;
  const auto terms = kharkiv.terms();
  const VerdictMap map(terms);
  const Points points(many / 10, {35, 49}, {37, 51}, 0);
  std::vector<std::future<Verdicts>> threads;
  for (int i = 0; i < 4; ++i) {
    threads.push_back(std::async(std::launch::async, [&] { return by_map(map, terms, points.positions()); }));
  }
  const auto expected = by_evaluation(terms, points.positions());
  for (auto& thread : threads) CHECK(thread.get() == expected);
}

}  // namespace kordon::scoring::test
