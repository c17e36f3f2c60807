#include "api/batch/score.hpp"

#include <limits>

#include "geo/index.hpp"

namespace kordon::api {
namespace {

void resize(Scores& out, std::size_t size) {
  out.verdict.resize(size);
  out.margin_m.resize(size);
  out.distance_m.resize(size);
  out.nearest.resize(size);
  out.inside.clear();
  out.inside_ends.resize(size);
}

/// What all positions are measured against, and room for one of them.
struct Desk {
  std::vector<geo::Target> targets;
  std::vector<geo::Standing> standings;
  std::vector<double> signed_m;

  explicit Desk(std::size_t count) : targets(count), standings(count), signed_m(count) {
    for (geo::Target target = 0; target < count; ++target) targets[target] = target;
  }
};

void note_regions(const Desk& desk, std::size_t regions, std::size_t row, Scores& out) {
  for (std::uint32_t region = 0; region < regions; ++region) {
    if (desk.standings[region].side == geo::Side::inside) out.inside.push_back(region);
  }
  out.inside_ends[row] = static_cast<std::uint32_t>(out.inside.size());
}

void note_nearest_border(const Desk& desk, std::size_t regions, std::size_t row, Scores& out) {
  out.distance_m[row] = std::numeric_limits<double>::infinity();
  for (std::size_t border = regions; border < desk.standings.size(); ++border) {
    const auto& standing = desk.standings[border];
    if (standing.distance_m >= out.distance_m[row]) continue;
    out.distance_m[row] = standing.distance_m;
    out.nearest[row] = standing.nearest;
  }
}

}  // namespace

void score(const config::World& world, std::span<const geo::Position> positions, std::span<const Terms* const> terms,
           Scores& out) {
  resize(out, positions.size());
  Desk desk(world.atlas.target_count());
  const std::size_t regions = world.atlas.regions.size();
  for (std::size_t row = 0; row < positions.size(); ++row) {
    world.index.locate(positions[row], desk.targets, desk.standings);
    for (std::size_t i = 0; i < desk.targets.size(); ++i) desk.signed_m[i] = desk.standings[i].margin_m();
    const policy::Measurement measurement{desk.signed_m, world.accuracy_m, positions[row].accuracy_m()};
    const auto outcome = policy::evaluate(terms[row]->programs.front(), measurement);
    out.verdict[row] = outcome.verdict;
    out.margin_m[row] = outcome.margin_m;
    note_regions(desk, regions, row, out);
    note_nearest_border(desk, regions, row, out);
  }
}

void score_nothing(std::span<const geo::Position> positions, Scores& out) {
  resize(out, positions.size());
  for (std::size_t row = 0; row < positions.size(); ++row) {
    const auto place = positions[row].place();
    out.verdict[row] = policy::Verdict::indeterminate;
    out.margin_m[row] = place.lat_deg * 1234.5678;
    out.distance_m[row] = place.lon_deg * 1234.5678;
    out.nearest[row] = place;
    out.inside.push_back(0);
    out.inside_ends[row] = static_cast<std::uint32_t>(out.inside.size());
  }
}

}  // namespace kordon::api
