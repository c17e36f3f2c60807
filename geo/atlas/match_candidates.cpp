#include "geo/atlas/match_candidates.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <tuple>

namespace kordon::geo {
namespace {

/// Feet nearer than this to a vertex are that vertex.
constexpr double same_vertex_m = 1e-3;

double length_m(const Line& line) {
  double sum_m = 0;
  for (std::size_t i = 1; i < line.size(); ++i) sum_m += plane_distance_m(line[i - 1], line[i]);
  return sum_m;
}

std::vector<std::size_t> regions_of(const Arc& arc) {
  auto all = arc.left;
  all.insert(all.end(), arc.right.begin(), arc.right.end());
  return all;
}

std::vector<const Line*> lines_of(const std::vector<Arc>& arcs) {
  std::vector<const Line*> lines;
  for (const auto& arc : arcs) lines.push_back(&arc.line);
  return lines;
}

}  // namespace

ArcPairs::ArcPairs(const std::vector<Arc>& arcs, std::span<const MatchedRegion> regions)
    : arcs_(arcs), regions_(regions), rank_(arcs.size()), arc_tolerance_m_(arcs.size()) {
  std::vector<std::tuple<bool, double, double, std::size_t>> order;
  for (std::size_t a = 0; a < arcs.size(); ++a) {
    double accuracy_m = std::numeric_limits<double>::max();
    double tolerance_m = std::numeric_limits<double>::max();
    double largest_m = 0;
    for (const auto region : regions_of(arcs[a])) {
      accuracy_m = std::min(accuracy_m, regions[region].accuracy_m);
      tolerance_m = std::min(tolerance_m, regions[region].tolerance_m);
      largest_m = std::max(largest_m, regions[region].tolerance_m);
    }
    arc_tolerance_m_[a] = tolerance_m == 0 ? 0 : largest_m;
    largest_tolerance_m_ = std::max(largest_tolerance_m_, arc_tolerance_m_[a]);
    const bool shared = !arcs[a].left.empty() && !arcs[a].right.empty();
    const double per_m = -static_cast<double>(arcs[a].line.size()) / std::max(length_m(arcs[a].line), 1e-3);
    order.emplace_back(!shared, accuracy_m, per_m, a);
  }
  std::ranges::sort(order);
  for (std::uint32_t i = 0; i < order.size(); ++i) rank_[std::get<3>(order[i])] = i;
}

bool ArcPairs::may_move(std::size_t arc) const {
  return (arcs_[arc].left.empty() || arcs_[arc].right.empty()) && arc_tolerance_m_[arc] > 0;
}

double ArcPairs::tolerance_m(std::size_t source, std::size_t target) const {
  if (source == target || rank_[target] > rank_[source] || !may_move(source)) return 0;
  if (arc_tolerance_m_[target] == 0) return 0;
  for (const auto region : regions_of(arcs_[source])) {
    if (std::ranges::binary_search(arcs_[target].left, region)) return 0;
    if (std::ranges::binary_search(arcs_[target].right, region)) return 0;
  }
  return std::max(arc_tolerance_m_[source], arc_tolerance_m_[target]);
}

bool ArcPairs::may_join(std::size_t source, std::size_t target, bool parallel) const {
  const auto& from = arcs_[source];
  const auto& to = arcs_[target];
  const auto same_layer = [&](const std::vector<std::size_t>& one, const std::vector<std::size_t>& other) {
    return std::ranges::any_of(one, [&](std::size_t a) {
      return std::ranges::any_of(other, [&](std::size_t b) { return regions_[a].layer == regions_[b].layer; });
    });
  };
  return !same_layer(from.left, parallel ? to.left : to.right) &&
         !same_layer(from.right, parallel ? to.right : to.left);
}

MatchCandidates::MatchCandidates(const std::vector<Arc>& arcs, const ArcPairs& pairs)
    : arcs_(arcs),
      pairs_(pairs),
      lines_(lines_of(arcs)),
      grid_(lines_, std::max(2 * pairs.largest_tolerance_m(), 100.0)),
      studs_(arcs.size()) {
  std::vector<EdgeGrid::Edge> found;
  for (std::size_t target = 0; target < arcs.size(); ++target) {
    for (const auto vertex : arcs[target].line) {
      grid_.near(vertex, found);
      for (const auto [source, index] : found) {
        const double tolerance_m = pairs.tolerance_m(source, target);
        if (tolerance_m == 0) continue;
        const auto& line = arcs[source].line;
        const auto foot = foot_on(vertex, line[index], line[index + 1]);
        if (foot.distance_m > tolerance_m) continue;
        if (plane_distance_m(foot.point, line[index]) < same_vertex_m) continue;
        if (plane_distance_m(foot.point, line[index + 1]) < same_vertex_m) continue;
        studs_[source].push_back({static_cast<double>(index) + foot.t, foot.point, foot.distance_m});
      }
    }
  }
  for (auto& studs : studs_) std::ranges::sort(studs, {}, &Along::at);
}

Studded MatchCandidates::studded(std::size_t arc) const {
  Studded studded;
  const auto& line = arcs_[arc].line;
  auto stud = studs_[arc].begin();
  for (std::size_t i = 0; i < line.size(); ++i) {
    studded.line.push_back(line[i]);
    studded.at.push_back(static_cast<double>(i));
    for (; stud != studs_[arc].end() && stud->at < static_cast<double>(i + 1); ++stud) {
      if (plane_distance_m(studded.line.back(), stud->point) < same_vertex_m) continue;
      studded.line.push_back(stud->point);
      studded.at.push_back(stud->at);
    }
  }
  return studded;
}

std::vector<MatchedRun> MatchCandidates::runs(std::size_t arc, const Studded& studded) const {
  std::map<std::uint32_t, Feet> feet;
  std::vector<EdgeGrid::Edge> found;
  for (std::size_t k = 0; k < studded.line.size(); ++k) {
    grid_.near(studded.line[k], found);
    for (const auto [target, index] : found) {
      const double tolerance_m = pairs_.tolerance_m(arc, target);
      if (tolerance_m == 0) continue;
      const auto& line = arcs_[target].line;
      const auto foot = foot_on(studded.line[k], line[index], line[index + 1]);
      if (foot.distance_m > tolerance_m) continue;
      auto& [first, of] = feet[target];
      if (of.empty()) first = k;
      of.resize(k - first + 1);
      if (!of.back() || foot.distance_m < of.back()->distance_m) {
        of.back() = Along{static_cast<double>(index) + foot.t, foot.point, foot.distance_m};
      }
    }
  }
  std::vector<MatchedRun> runs;
  for (const auto& [target, near] : feet) {
    for (auto& run : find_runs(studded, arcs_[target].line, near, pairs_.tolerance_m(arc, target))) {
      run.target = target;
      runs.push_back(run);
    }
  }
  return runs;
}

}  // namespace kordon::geo
