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

/// Rows of a batch that are answered together, and their distances.
struct Block {
  std::size_t first, count;
  std::span<const std::vector<double>> regions_m, borders_m;  ///< signed
  std::span<const std::vector<geo::LonLat>> nearest;          ///< by border
};

/// Into `inside`; without branches, for neighbours in a file need not lie in the same region.
void list_regions(const Block& block, Scores& out) {
  const auto regions = block.regions_m.size();
  std::size_t end = out.inside.size();
  out.inside.resize(end + block.count + regions);
  for (std::size_t row = 0; row < block.count; ++row) {
    if (out.inside.size() < end + regions) out.inside.resize(2 * out.inside.size());
    for (std::uint32_t region = 0; region < regions; ++region) {
      out.inside[end] = region;
      end += block.regions_m[region][row] > 0 ? 1 : 0;
    }
    out.inside_ends[block.first + row] = static_cast<std::uint32_t>(end);
  }
  out.inside.resize(end);
}

/// Into `distance_m` and `nearest`.
void find_nearest_border(const Block& block, Scores& out) {
  const auto distances_m = std::span(out.distance_m).subspan(block.first, block.count);
  const auto places = std::span(out.nearest).subspan(block.first, block.count);
  std::ranges::fill(distances_m, std::numeric_limits<double>::infinity());
  for (std::size_t border = 0; border < block.borders_m.size(); ++border) {
    for (std::size_t row = 0; row < block.count; ++row) {
      const double distance_m = -block.borders_m[border][row];
      const bool nearer = distance_m < distances_m[row];
      distances_m[row] = nearer ? distance_m : distances_m[row];
      places[row] = nearer ? block.nearest[border][row] : places[row];
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
  const auto regions = world.atlas.regions.size();
  auto& distances = out.distances;
  scoring::measure(world.index, regions, positions, distances, [&](std::size_t first, std::size_t count) {
    const auto part = [&](auto column) { return column.empty() ? column : column.subspan(first, count); };
    const policy::OutcomeColumns outcome{.verdict = part(std::span(out.verdict)),
                                         .margin_m = part(std::span(out.margin_m))};
    const auto asked = terms.subspan(first, count);
    for (std::size_t begin = 0, end = 0; begin < count; begin = end) {
      while (end < count && asked[end] == asked[begin]) ++end;
      judge(world, distances, part(positions.accuracy_m), *asked[begin], begin, end, outcome);
    }
    const std::span signed_m(distances.signed_m);
    const Block block{first, count, signed_m.first(regions), signed_m.subspan(regions), distances.nearest};
    list_regions(block, out);
    find_nearest_border(block, out);
  });
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
