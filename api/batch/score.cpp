#include "api/batch/score.hpp"

#include <algorithm>

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

/// Into `inside`; without branches, for neighbours in a file need not lie in the same region.
void list_regions(std::span<const std::vector<double>> signed_m, Scores& out) {
  const auto rows = out.inside_ends.size();
  out.inside.resize(rows + signed_m.size());
  std::size_t end = 0;
  for (std::size_t row = 0; row < rows; ++row) {
    if (out.inside.size() < end + signed_m.size()) out.inside.resize(2 * out.inside.size());
    for (std::uint32_t region = 0; region < signed_m.size(); ++region) {
      out.inside[end] = region;
      end += signed_m[region][row] > 0 ? 1 : 0;
    }
    out.inside_ends[row] = static_cast<std::uint32_t>(end);
  }
  out.inside.resize(end);
}

/// Into `distance_m` and `nearest`.
void find_nearest_border(std::span<const std::vector<double>> signed_m,
                         std::span<const std::vector<geo::LonLat>> nearest, Scores& out) {
  std::ranges::fill(out.distance_m, std::numeric_limits<double>::infinity());
  for (std::size_t border = 0; border < signed_m.size(); ++border) {
    for (std::size_t row = 0; row < out.distance_m.size(); ++row) {
      const double distance_m = -signed_m[border][row];
      const bool nearer = distance_m < out.distance_m[row];
      out.distance_m[row] = nearer ? distance_m : out.distance_m[row];
      out.nearest[row] = nearer ? nearest[border][row] : out.nearest[row];
    }
  }
}

}  // namespace

void judge(const config::World& world, const scoring::Distances& distances, std::span<const double> accuracy_m,
           const Terms& terms, std::size_t first, std::size_t end, const policy::OutcomeColumns& out) {
  const auto part = [&](auto column) { return column.subspan(first, end - first); };
  policy::MeasuredColumns measured{end - first, {}, world.accuracy_m};
  if (!accuracy_m.empty()) measured.position_accuracy_m = part(accuracy_m);
  for (const auto& signed_m : distances.signed_m) measured.signed_m.push_back(part(std::span<const double>(signed_m)));
  policy::evaluate(terms.programs.front(), measured, {.verdict = part(out.verdict), .margin_m = part(out.margin_m)});
}

void score(const config::World& world, const scoring::Positions& positions, std::span<const Terms* const> terms,
           Scores& out) {
  resize(out, positions.size());
  auto& distances = out.distances;
  scoring::measure(world.index, world.atlas.regions.size(), positions, distances);
  for (std::size_t first = 0, end = 0; first < terms.size(); first = end) {
    while (end < terms.size() && terms[end] == terms[first]) ++end;
    judge(world, distances, positions.accuracy_m, *terms[first], first, end,
          {.verdict = out.verdict, .margin_m = out.margin_m});
  }
  const auto regions = world.atlas.regions.size();
  list_regions(std::span(distances.signed_m).first(regions), out);
  find_nearest_border(std::span(distances.signed_m).subspan(regions), distances.nearest, out);
}

void score_nothing(const scoring::Positions& positions, Scores& out) {
  resize(out, positions.size());
  for (std::size_t row = 0; row < positions.size(); ++row) {
    const geo::LonLat place{positions.lon_deg[row], positions.lat_deg[row]};
    out.verdict[row] = policy::Verdict::indeterminate;
    out.margin_m[row] = place.lat_deg * 1234.5678;
    out.distance_m[row] = place.lon_deg * 1234.5678;
    out.nearest[row] = place;
    out.inside.push_back(0);
    out.inside_ends[row] = static_cast<std::uint32_t>(out.inside.size());
  }
}

}  // namespace kordon::api
