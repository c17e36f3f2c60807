#include "batch/diagnostics.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace kordon::batch {
namespace {

bool in_any_region(const world::World& world, const geo::Position& position) {
  geo::Survey survey;
  world.index.survey(position, {.near_m = 0, .nearest = 0, .all = false, .named = {}}, survey);
  return std::ranges::any_of(survey.coverages, [](const auto& standing) { return standing.region != geo::no_target; });
}

/// How many of the sampled positions lie in a region as they are, and with longitude and latitude exchanged.
struct Sampled {
  std::size_t as_it_is = 0;
  std::size_t exchanged = 0;
};

Sampled count(const world::World& world, const Counts& counts) {
  Sampled sampled;
  for (const auto& position : counts.sample) {
    if (in_any_region(world, position)) ++sampled.as_it_is;
    const auto [lon_deg, lat_deg] = position.place();
    const auto exchanged = geo::Position::checked({lat_deg, lon_deg});
    if (exchanged && in_any_region(world, *exchanged)) ++sampled.exchanged;
  }
  return sampled;
}

}  // namespace

std::vector<std::string> diagnose(const world::World& world, const Counts& counts) {
  std::vector<std::string> findings;
  const auto answered = counts.rows - counts.rows_in_error - counts.extents;
  const auto swapped = counts.by_code[static_cast<std::size_t>(evaluation::Code::coordinates_swapped)];
  const auto sampled = count(world, counts);
  if (swapped > 0) {
    findings.push_back(
        fmt::format("{} rows have a latitude beyond 90 degrees that fits as a longitude: are the columns "
                    "for longitude and latitude exchanged?",
                    swapped));
  } else if (2 * sampled.exchanged > counts.sample.size() && 10 * sampled.as_it_is < counts.sample.size()) {
    findings.push_back(
        fmt::format("longitude and latitude are likely exchanged: of {} sampled positions {} lie in a "
                    "region as they are, {} the other way round",
                    counts.sample.size(), sampled.as_it_is, sampled.exchanged));
  }
  if (counts.lon_out_of_range > 0) {
    findings.push_back(
        fmt::format("{} longitudes are beyond 180 degrees: do they run from 0 to 360? Subtract 360 from "
                    "those above 180",
                    counts.lon_out_of_range));
  }
  if (counts.at_null_island > 0) {
    findings.push_back(fmt::format("{} positions are exactly 0, 0: were they missing?", counts.at_null_island));
  }
  if (answered > 0 && counts.in_no_region == answered) {
    findings.push_back(fmt::format("none of the {} positions lies in any region", answered));
  }
  return findings;
}

}  // namespace kordon::batch
