#include "evaluation/evaluation.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

#include "evaluation/bearing.hpp"
#include "policy/flips_at.hpp"

namespace kordon::evaluation {
namespace {

// From every region of a world made to look at borders, 100 km is far: there a swap is the likelier reading.
constexpr double far_m = 100e3;

void locate_all(const world::World& world, const geo::Position& position, std::vector<geo::Standing>& standings) {
  standings.resize(world.targets.size());
  world.index.locate(position, world.targets, standings);
}

bool any_region_above(const world::World& world, const std::vector<geo::Standing>& standings, double margin_m) {
  const auto end = standings.begin() + static_cast<std::ptrdiff_t>(world.atlas.regions.size());
  return std::any_of(standings.begin(), end,
                     [&](const geo::Standing& standing) { return standing.margin_m() > margin_m; });
}

bool likely_swapped(const world::World& world, const geo::Position& position,
                    const std::vector<geo::Standing>& standings) {
  if (any_region_above(world, standings, -far_m)) return false;
  const auto swapped = geo::Position::checked({position.place().lat_deg, position.place().lon_deg});
  if (!swapped) return false;
  std::vector<geo::Standing> there;
  locate_all(world, *swapped, there);
  return any_region_above(world, there, 0);
}

/// Border sections often share their nearest point: where one is part of another, and where two meet.
double bearing_deg(geo::LonLat from, std::span<const geo::Standing> borders, std::span<const double> known_deg) {
  const auto& border = borders[known_deg.size()];
  if (!(border.distance_m > 0) || !std::isfinite(border.distance_m)) return std::numeric_limits<double>::quiet_NaN();
  for (std::size_t i = 0; i < known_deg.size(); ++i) {
    if (borders[i].nearest == border.nearest && !std::isnan(known_deg[i])) return known_deg[i];
  }
  return stated_bearing_deg(from, border.nearest, border.distance_m);
}

}  // namespace

void evaluate(const world::World& world, const CompiledQuery& terms, const geo::Position& position, Evaluation& out) {
  locate_all(world, position, out.standings);
  out.signed_m.resize(out.standings.size());
  std::ranges::transform(out.standings, out.signed_m.begin(), &geo::Standing::margin_m);

  out.bearings_deg.clear();
  const auto borders = std::span(out.standings).subspan(world.atlas.regions.size());
  while (out.bearings_deg.size() < borders.size()) {
    out.bearings_deg.push_back(bearing_deg(position.place(), borders, out.bearings_deg));
  }

  out.outcomes.clear();
  out.because.clear();
  out.flips_at.clear();
  const policy::Measurement measurement{out.signed_m, world.accuracy_m, position.accuracy_m()};
  for (const auto& program : terms.programs) {
    const auto& outcome = out.outcomes.emplace_back(policy::evaluate(program, measurement));
    out.because.push_back(policy::because_of(program, measurement, outcome));
    for (const auto parameter : program.parameters) {
      out.flips_at.push_back(policy::flips_at(program, measurement, parameter));
    }
  }
  out.likely_swapped = likely_swapped(world, position, out.standings);
}

}  // namespace kordon::evaluation
