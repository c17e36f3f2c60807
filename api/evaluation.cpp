#include "api/evaluation.hpp"

#include <algorithm>
#include <cmath>

namespace kordon::api {
namespace {

// From every region of a world made to look at borders, 100 km is far: there a swap is the likelier reading.
constexpr double far_m = 100e3;

std::vector<geo::Standing> locate_all(const config::World& world, const geo::Position& position) {
  std::vector<geo::Target> targets(world.atlas.target_count());
  for (geo::Target target = 0; target < targets.size(); ++target) targets[target] = target;
  std::vector<geo::Standing> standings(targets.size());
  world.index.locate(position, targets, standings);
  return standings;
}

bool any_region_above(const config::World& world, const std::vector<geo::Standing>& standings, double margin_m) {
  const auto end = standings.begin() + static_cast<std::ptrdiff_t>(world.atlas.regions.size());
  return std::any_of(standings.begin(), end,
                     [&](const geo::Standing& standing) { return standing.margin_m() > margin_m; });
}

bool likely_swapped(const config::World& world, const geo::Position& position,
                    const std::vector<geo::Standing>& standings) {
  if (any_region_above(world, standings, -far_m)) return false;
  const auto swapped = geo::Position::checked({position.place().lat_deg, position.place().lon_deg});
  return swapped && any_region_above(world, locate_all(world, *swapped), 0);
}

void add_once(std::vector<std::string>& warnings, const std::string& warning) {
  if (std::ranges::find(warnings, warning) == warnings.end()) warnings.push_back(warning);
}

}  // namespace

Evaluation evaluate(const config::World& world, const Terms& terms, const Place& place) {
  Evaluation result{locate_all(world, place.position), {}, place.warnings};
  std::vector<double> signed_m(result.standings.size());
  std::ranges::transform(result.standings, signed_m.begin(), &geo::Standing::margin_m);
  const policy::Measurement measurement{signed_m, world.accuracy_m, place.position.accuracy_m()};
  for (const auto& program : terms.programs) {
    const auto& explanation = result.explanations.emplace_back(policy::explain(program, measurement));
    for (const auto& warning : explanation.warnings) add_once(result.warnings, warning);
  }
  if (likely_swapped(world, place.position, result.standings)) {
    add_once(result.warnings,
             "longitude and latitude may be swapped: the position is far from every region, and lies inside one the "
             "other way round");
  }
  return result;
}

}  // namespace kordon::api
