#include "batch/measure.hpp"

#include <doctest/doctest.h>

#include "tests/batch/kharkiv.hpp"

namespace kordon::batch::test {

TEST_CASE("columns say what each position says by itself") {
  const Kharkiv kharkiv;
  const auto query = kharkiv.query();
  const Points points(3000, {33, 48}, {41, 52.5}, 500);
  Evaluations all;
  evaluate(query, points.positions(), all);
  std::vector<geo::Target> targets;
  for (geo::Target target = 0; target < query.index.target_count(); ++target) targets.push_back(target);
  std::vector<geo::Standing> standings(targets.size());
  std::vector<double> signed_m(targets.size());
  for (std::size_t i = 0; i < points.lon_deg.size(); ++i) {
    const auto position = geo::Position::checked({points.lon_deg[i], points.lat_deg[i]}, points.accuracy_m[i]).value();
    query.index.locate(position, targets, standings);
    for (std::size_t target = 0; target < targets.size(); ++target) {
      signed_m[target] = standings[target].margin_m();
      CHECK(all.signed_m[target][i] == signed_m[target]);
      if (target >= query.regions) CHECK(all.nearest[target - query.regions][i] == standings[target].nearest);
    }
    for (std::size_t program = 0; program < query.programs.size(); ++program) {
      const auto alone = policy::evaluate(query.programs[program], {signed_m, query.accuracy_m, position.accuracy_m()});
      CHECK(all.outcomes[program].verdict[i] == alone.verdict);
      CHECK(all.outcomes[program].margin_m[i] == alone.margin_m);
      CHECK(all.outcomes[program].clause[i] == alone.clause);
    }
  }
}

}  // namespace kordon::batch::test
