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

/// From `out.distances` into `inside`.
void list_regions(Scores& out) {
  out.inside.clear();
  for (std::size_t row = 0; row < out.size(); ++row) {
    append_regions(out.distances, row, out.inside);
    out.inside_ends[row] = static_cast<std::uint32_t>(out.inside.size());
  }
}

/// From `out.distances` into `distance_m` and `nearest`.
void take_nearest_border(Scores& out) {
  const auto& distances = out.distances;
  for (std::size_t row = 0; row < out.size(); ++row) out.distance_m[row] = -distances.border_m[row];
  std::copy_n(distances.border_nearest.begin(), out.size(), out.nearest.begin());
}

}  // namespace

void evaluate_rows(const world::World& world, const NearDistances& distances, std::span<const double> accuracy_m,
                   const evaluation::CompiledQuery& query, std::size_t first, std::size_t end,
                   const policy::OutcomeColumns& out) {
  const auto part = [&](auto column) { return column.subspan(first, end - first); };
  policy::MeasuredColumns measured{end - first, {}, world.accuracy_m};
  if (!accuracy_m.empty()) measured.position_accuracy_m = part(accuracy_m);
  for (const auto& signed_m : distances.signed_m) {
    const std::span<const double> column(signed_m);
    measured.signed_m.push_back(column.empty() ? column : part(column));
  }
  policy::evaluate(query.programs.front(), measured, {.verdict = part(out.verdict), .margin_m = part(out.margin_m)});
}

void append_regions(const NearDistances& distances, std::size_t row, std::vector<std::uint32_t>& out) {
  const auto begin = out.size();
  for (const auto& regions : distances.regions) {
    if (regions[row] != geo::no_target) out.push_back(regions[row]);
  }
  if (out.size() - begin > 1) std::sort(out.begin() + static_cast<std::ptrdiff_t>(begin), out.end());
}

std::vector<geo::Target> targets_of(std::span<const evaluation::CompiledQuery* const> queries) {
  std::vector<geo::Target> targets;
  const evaluation::CompiledQuery* last = nullptr;
  for (const auto* asked : queries) {
    if (asked == last || asked->programs.empty()) continue;
    last = asked;
    const auto& read = asked->programs.front().targets;
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
    const auto asked = queries.subspan(first, count);
    for (std::size_t from = 0, end = 0; from < count && out.has_verdicts; from = end) {
      while (end < count && asked[end] == asked[from]) ++end;
      evaluate_rows(world, out.distances, accuracy_m, *asked[from], from, end,
                    {.verdict = out.verdict, .margin_m = out.margin_m});
    }
    list_regions(out);
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
