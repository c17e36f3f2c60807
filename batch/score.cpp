#include "batch/score.hpp"

#include <algorithm>

namespace kordon::batch {
namespace {

/// Makes room for a block.
void begin(Scores& out, std::size_t first, std::size_t count) {
  out.first = first;
  out.verdict.resize(count);
  out.margin_m.resize(count);
  out.distance_m.resize(count);
  out.nearest.resize(count);
  out.inside_ends.resize(count);
}

/// From `out.distances` into `inside`; without branches, for neighbours in a file need not lie in the same region.
void list_regions(std::size_t regions, Scores& out) {
  const auto& signed_m = out.distances.signed_m;
  out.inside.resize(out.size() * regions);
  std::size_t end = 0;
  for (std::size_t row = 0; row < out.size(); ++row) {
    for (std::uint32_t region = 0; region < regions; ++region) {
      out.inside[end] = region;
      end += signed_m[region][row] > 0 ? 1 : 0;
    }
    out.inside_ends[row] = static_cast<std::uint32_t>(end);
  }
}

/// From `out.distances` into `distance_m` and `nearest`.
void find_nearest_border(std::size_t regions, Scores& out) {
  std::ranges::fill(out.distance_m, std::numeric_limits<double>::infinity());
  for (std::size_t border = 0; border < out.distances.nearest.size(); ++border) {
    const auto& signed_m = out.distances.signed_m[regions + border];
    const auto& nearest = out.distances.nearest[border];
    for (std::size_t row = 0; row < out.size(); ++row) {
      const bool nearer = -signed_m[row] < out.distance_m[row];
      out.distance_m[row] = nearer ? -signed_m[row] : out.distance_m[row];
      out.nearest[row] = nearer ? nearest[row] : out.nearest[row];
    }
  }
}

}  // namespace

void evaluate_rows(const world::World& world, const Distances& distances, std::span<const double> accuracy_m,
                   const evaluation::CompiledQuery& terms, std::size_t first, std::size_t end,
                   const policy::OutcomeColumns& out) {
  const auto part = [&](auto column) { return column.subspan(first, end - first); };
  policy::MeasuredColumns measured{end - first, {}, world.accuracy_m};
  if (!accuracy_m.empty()) measured.position_accuracy_m = part(accuracy_m);
  for (const auto& signed_m : distances.signed_m) measured.signed_m.push_back(part(std::span<const double>(signed_m)));
  policy::evaluate(terms.programs.front(), measured, {.verdict = part(out.verdict), .margin_m = part(out.margin_m)});
}

void score(const world::World& world, const Positions& positions,
           std::span<const evaluation::CompiledQuery* const> terms, Scores& out, const std::function<void()>& take) {
  const auto regions = world.atlas.regions.size();
  measure(world.index, regions, positions, out.distances, [&](std::size_t first, std::size_t count) {
    begin(out, first, count);
    const auto accuracy_m =
        positions.accuracy_m.empty() ? positions.accuracy_m : positions.accuracy_m.subspan(first, count);
    const auto asked = terms.subspan(first, count);
    for (std::size_t from = 0, end = 0; from < count; from = end) {
      while (end < count && asked[end] == asked[from]) ++end;
      evaluate_rows(world, out.distances, accuracy_m, *asked[from], from, end,
                    {.verdict = out.verdict, .margin_m = out.margin_m});
    }
    list_regions(regions, out);
    find_nearest_border(regions, out);
    take();
  });
}

void score_nothing(const Positions& positions, Scores& out, const std::function<void()>& take) {
  for (std::size_t first = 0; first < positions.size(); first += block_rows) {
    begin(out, first, std::min(block_rows, positions.size() - first));
    out.inside.assign(out.size(), 0);
    for (std::size_t i = 0; i < out.size(); ++i) {
      const geo::LonLat place{positions.lon_deg[first + i], positions.lat_deg[first + i]};
      out.verdict[i] = policy::Verdict::indeterminate;
      out.margin_m[i] = place.lat_deg * 1234.5678;
      out.distance_m[i] = place.lon_deg * 1234.5678;
      out.nearest[i] = place;
      out.inside_ends[i] = static_cast<std::uint32_t>(i + 1);
    }
    take();
  }
}

}  // namespace kordon::batch
