#include "evaluation/read_survey.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <ranges>

#include "text/utf8.hpp"

namespace kordon::evaluation {
namespace {

/// Half of the Earth's circumference; so many lines are an answer of some 100 kB.
constexpr double max_near_km = 20'040;
constexpr double max_nearest = 1000;

void read_near_km(Fields& fields, geo::SurveyQuery& survey) {
  const auto near_km = fields.number("near_km");
  if (!near_km) return;
  if (*near_km >= 0 && *near_km <= max_near_km) {
    survey.near_m = *near_km * 1000;
  } else {
    fields.add_error("near_km", Code::out_of_range, fmt::format("expected kilometres from 0 to {}", max_near_km));
  }
}

void read_nearest(Fields& fields, geo::SurveyQuery& survey) {
  const auto nearest = fields.number("nearest");
  if (!nearest) return;
  if (*nearest >= 0 && *nearest <= max_nearest && *nearest == std::floor(*nearest)) {
    survey.nearest = static_cast<std::size_t>(*nearest);
  } else {
    fields.add_error("nearest", Code::out_of_range, fmt::format("expected a whole number from 0 to {}", max_nearest));
  }
}

/// `all`, or ids of regions and border sections, a comma between two.
void read_regions(const world::World& world, Fields& fields, geo::SurveyQuery& survey) {
  const auto text = fields.text("regions");
  if (!text) return;
  survey.all = *text == "all";
  if (survey.all) return;
  for (const auto part : std::views::split(std::string_view(*text), ',')) {
    const std::string_view id(part.begin(), part.end());
    auto target = world.atlas.find_region(id);
    if (!target) target = world.atlas.find_border(id);
    if (target) {
      survey.named.push_back(*target);
    } else {
      fields.add_error("regions", Code::out_of_range,
                       fmt::format("`{}` is no region and no border section: expected `all`, or ids such as `{}`",
                                   text::shortened(id), world.atlas.id_of(0)));
    }
  }
}

}  // namespace

geo::SurveyQuery read_survey(const world::World& world, const std::vector<policy::Program>& programs, Fields& fields) {
  geo::SurveyQuery survey;
  read_near_km(fields, survey);
  read_nearest(fields, survey);
  read_regions(world, fields, survey);
  auto& named = survey.named;
  for (const auto& program : programs) named.insert(named.end(), program.targets.begin(), program.targets.end());
  std::ranges::sort(named);
  const auto repeated = std::ranges::unique(named);
  named.erase(repeated.begin(), repeated.end());
  return survey;
}

}  // namespace kordon::evaluation
