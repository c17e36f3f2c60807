#include "batch/score.hpp"

#include <algorithm>

namespace kordon::batch {
namespace {

/// Sizes the columns for a block.
void begin(Scores& out, std::size_t first, std::size_t count) {
  out.first = first;
  out.verdict.resize(count);
  out.margin_m.resize(count);
  out.distance_m.resize(count);
  out.nearest.resize(count);
  out.inside_ends.resize(count);
}

/// Puts the regions that hold a position, ascending, at `out`, which has room for one of each coverage; how many.
std::size_t put_regions(const NearDistances& distances, std::size_t row, std::uint32_t* out) {
  std::size_t count = 0;
  for (const auto& regions : distances.regions) {
    const auto region = regions[row];
    if (region == geo::no_target) continue;
    auto at = count++;
    for (; at > 0 && out[at - 1] > region; --at) out[at] = out[at - 1];
    out[at] = region;
  }
  return count;
}

/// From `out.distances` into `inside`.
void take_regions(Scores& out) {
  out.inside.resize(out.size() * out.distances.regions.size());
  std::size_t end = 0;
  for (std::size_t row = 0; row < out.size(); ++row) {
    end += put_regions(out.distances, row, out.inside.data() + end);
    out.inside_ends[row] = static_cast<std::uint32_t>(end);
  }
  out.inside.resize(end);
}

/// From `out.distances` into `distance_m` and `nearest`.
void take_nearest_border(Scores& out) {
  const auto& distances = out.distances;
  for (std::size_t row = 0; row < out.size(); ++row) out.distance_m[row] = distances.border_distance_m(row);
  std::copy_n(distances.border_nearest.begin(), out.size(), out.nearest.begin());
}

}  // namespace

void list_regions(const NearDistances& distances, std::size_t row, std::vector<std::uint32_t>& out) {
  out.resize(distances.regions.size());
  out.resize(put_regions(distances, row, out.data()));
}

void evaluate_rows(const world::World& world, const NearDistances& distances, std::span<const double> accuracy_m,
                   std::span<const evaluation::CompiledQuery* const> queries, const policy::OutcomeColumns& out) {
  for (std::size_t first = 0, end = 0; first < queries.size(); first = end) {
    while (end < queries.size() && queries[end] == queries[first]) ++end;
    const auto count = end - first;
    policy::evaluate(queries[first]->programs.front(),
                     measured_rows(distances.signed_m, world.accuracy_m, accuracy_m, first, count),
                     {.verdict = out.verdict.subspan(first, count), .margin_m = out.margin_m.subspan(first, count)});
  }
}

std::vector<geo::Target> targets_of(std::span<const evaluation::CompiledQuery* const> queries) {
  std::vector<geo::Target> targets;
  const evaluation::CompiledQuery* last = nullptr;
  for (const auto* query : queries) {
    if (query == last || query->programs.empty()) continue;
    last = query;
    const auto& read = query->programs.front().targets;
    targets.insert(targets.end(), read.begin(), read.end());
    std::ranges::sort(targets);
    const auto repeated = std::ranges::unique(targets);
    targets.erase(repeated.begin(), repeated.end());
  }
  return targets;
}

void score(const world::World& world, const Positions& positions,
           std::span<const evaluation::CompiledQuery* const> queries, Scores& out, const std::function<void()>& take) {
  out.has_verdicts = !world.policies.empty();
  measure(world.index, targets_of(queries), positions, out.distances, [&](std::size_t first, std::size_t count) {
    begin(out, first, count);
    const auto accuracy_m =
        positions.accuracy_m.empty() ? positions.accuracy_m : positions.accuracy_m.subspan(first, count);
    if (out.has_verdicts) {
      evaluate_rows(world, out.distances, accuracy_m, queries.subspan(first, count),
                    {.verdict = out.verdict, .margin_m = out.margin_m});
    }
    take_regions(out);
    take_nearest_border(out);
    take();
  });
}

void score_nothing(const Positions& positions, Scores& out, const std::function<void()>& take) {
  out.has_verdicts = true;
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
