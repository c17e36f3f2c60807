#include "api/batch/score.hpp"

#include <limits>

#include "policy/evaluate_columns.hpp"
#include "scoring/evaluate.hpp"

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

void take(std::span<const geo::Position> positions, Places& out) {
  for (auto* column : {&out.lon_deg, &out.lat_deg, &out.accuracy_m}) column->clear();
  for (const auto& position : positions) {
    out.lon_deg.push_back(position.place().lon_deg);
    out.lat_deg.push_back(position.place().lat_deg);
    out.accuracy_m.push_back(position.accuracy_m());
  }
}

/// Rows of the same terms that follow each other are evaluated together.
void judge(const config::World& world, std::span<const Terms* const> terms, Scores& out) {
  const auto& [places, distances] = out.columns;
  for (std::size_t first = 0; first < terms.size();) {
    auto end = first + 1;
    while (end < terms.size() && terms[end] == terms[first]) ++end;
    const auto rows = end - first;
    policy::MeasuredColumns measured{rows, {}, world.accuracy_m, std::span(places.accuracy_m).subspan(first, rows)};
    for (const auto& signed_m : distances.signed_m) {
      measured.signed_m.push_back(std::span(signed_m).subspan(first, rows));
    }
    policy::evaluate(terms[first]->programs.front(), measured,
                     {.verdict = std::span(out.verdict).subspan(first, rows),
                      .margin_m = std::span(out.margin_m).subspan(first, rows)});
    first = end;
  }
}

void note_regions(std::uint32_t regions, Scores& out) {
  const auto& distances = out.columns.distances;
  for (std::size_t row = 0; row < out.inside_ends.size(); ++row) {
    for (std::uint32_t region = 0; region < regions; ++region) {
      if (distances.signed_m[region][row] > 0) out.inside.push_back(region);
    }
    out.inside_ends[row] = static_cast<std::uint32_t>(out.inside.size());
  }
}

void note_nearest_border(std::size_t regions, Scores& out) {
  const auto& distances = out.columns.distances;
  for (std::size_t row = 0; row < out.distance_m.size(); ++row) {
    out.distance_m[row] = std::numeric_limits<double>::infinity();
    for (std::size_t border = 0; border < distances.nearest.size(); ++border) {
      const double distance_m = -distances.signed_m[regions + border][row];
      if (distance_m >= out.distance_m[row]) continue;
      out.distance_m[row] = distance_m;
      out.nearest[row] = distances.nearest[border][row];
    }
  }
}

}  // namespace

void score(const config::World& world, std::span<const geo::Position> positions, std::span<const Terms* const> terms,
           Scores& out) {
  resize(out, positions.size());
  auto& [places, distances] = out.columns;
  take(positions, places);
  scoring::measure(world.index, world.atlas.regions.size(), {places.lon_deg, places.lat_deg}, distances);
  judge(world, terms, out);
  const auto regions = static_cast<std::uint32_t>(world.atlas.regions.size());
  note_regions(regions, out);
  note_nearest_border(regions, out);
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
