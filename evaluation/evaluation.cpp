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
constexpr double no_bearing = std::numeric_limits<double>::quiet_NaN();

/// Whether any region holds the position, or lies within a distance of it.
bool any_region_within(const geo::Survey& survey, double distance_m) {
  return std::ranges::any_of(survey.coverages, [&](const geo::Standing& standing) {
    return standing.region != geo::no_target || standing.distance_m < distance_m;
  });
}

bool likely_swapped(const world::World& world, const geo::Position& position, const geo::Survey& survey) {
  if (any_region_within(survey, far_m)) return false;
  const auto swapped = geo::Position::checked({position.place().lat_deg, position.place().lon_deg});
  if (!swapped) return false;
  geo::Survey there;
  world.index.survey(*swapped, {.near_m = 0, .nearest = 0, .all = false, .named = {}}, there);
  return any_region_within(there, 0);
}

/// Border sections often share their nearest point: where one is part of another, and where two meet.
double bearing_deg(geo::LonLat from, std::span<const geo::Survey::Item> items, std::span<const double> known_deg) {
  const auto& border = items[known_deg.size()].standing;
  if (!(border.distance_m > 0) || !std::isfinite(border.distance_m)) return no_bearing;
  for (std::size_t i = 0; i < known_deg.size(); ++i) {
    if (items[i].standing.nearest == border.nearest && !std::isnan(known_deg[i])) return known_deg[i];
  }
  return stated_bearing_deg(from, border.nearest, border.distance_m);
}

}  // namespace

void evaluate(const world::World& world, const CompiledQuery& query, const geo::Position& position, Evaluation& out) {
  world.index.survey(position, query.survey, out.survey);
  const auto& items = out.survey.items;
  out.signed_m.resize(world.atlas.target_count());
  out.bearings_deg.clear();
  for (const auto& [target, standing] : items) {
    out.signed_m[target] = standing.margin_m();
    const bool region = world.atlas.is_region(target);
    out.bearings_deg.push_back(region ? no_bearing : bearing_deg(position.place(), items, out.bearings_deg));
  }

  out.outcomes.clear();
  out.because.clear();
  out.flips_at.clear();
  const policy::Measurement measurement{out.signed_m, world.accuracy_m, position.accuracy_m()};
  for (const auto& program : query.programs) {
    const auto& outcome = out.outcomes.emplace_back(policy::evaluate(program, measurement));
    out.because.push_back(policy::because_of(program, measurement, outcome));
    for (const auto parameter : program.parameters) {
      out.flips_at.push_back(policy::flips_at(program, measurement, parameter));
    }
  }
  out.likely_swapped = likely_swapped(world, position, out.survey);
}

}  // namespace kordon::evaluation
