#include "geo/atlas/match_round.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <ranges>

#include "geo/atlas/match_candidates.hpp"
#include "geo/atlas/replace_arcs.hpp"

namespace kordon::geo {
namespace {

/// Chooses which runs to carry out in this round, so that none moves what another one rests on.
class Round {
 public:
  Round(const std::vector<Arc>& arcs, const ArcPairs& pairs, Moves& moves)
      : arcs_(arcs), pairs_(pairs), moves_(moves), parts_(arcs.size()), is_target_(arcs.size()) {}

  void take(std::size_t source, const Studded& studded, std::vector<MatchedRun> runs) {
    if (is_target_[source]) return;
    std::ranges::stable_sort(runs, std::greater(), [](const MatchedRun& run) { return run.last - run.first; });
    auto& parts = parts_[source];
    for (auto& run : runs) {
      const auto overlaps = [&](const MatchedRun& other) { return run.first < other.last && other.first < run.last; };
      if (!parts.runs.empty() && std::ranges::any_of(parts.runs, overlaps)) continue;
      if (!parts_[run.target].runs.empty()) continue;
      if (!pairs_.may_join(source, run.target, run.parallel())) continue;
      if (!place_ends(studded, run)) continue;
      freeze(run);
      note(source, run);
      parts.studded = studded;
      parts.runs.push_back(run);
    }
  }

  /// The lines as they become, by arc; an arc without an entry stays.
  [[nodiscard]] std::map<std::size_t, Line> new_lines() {
    std::map<std::size_t, Line> lines;
    for (std::size_t a = 0; a < arcs_.size(); ++a) {
      if (!parts_[a].runs.empty()) lines[a] = moved_line(a);
      if (!parts_[a].nodes.empty()) lines[a] = noded_line(a);
    }
    return lines;
  }

  [[nodiscard]] const VertexMoves& vertex_moves() const { return vertex_moves_; }

 private:
  struct Parts {
    Studded studded;
    std::vector<MatchedRun> runs;  ///< of a source
    std::vector<Along> nodes;      ///< of a target: vertices that it gets
  };

  /// An end goes to a vertex of the target where one is as near as the line itself, or to a node that it has already.
  [[nodiscard]] Along placed(const MatchedRun& run, Along end, LonLat source) const {
    const auto& line = arcs_[run.target].line;
    const double within_m = std::max(2 * end.distance_m, 0.001);
    for (const double at : {std::floor(end.at), std::ceil(end.at)}) {
      const auto vertex = line[static_cast<std::size_t>(at)];
      if (at == end.at || plane_distance_m(end.point, vertex) > within_m) continue;
      return {at, vertex, plane_distance_m(source, vertex)};
    }
    for (const auto& node : parts_[run.target].nodes) {
      if (plane_distance_m(node.point, end.point) <= within_m) return node;
    }
    return end;
  }

  /// False where an end is a vertex of other lines, too, that cannot go where it would have to.
  bool place_ends(const Studded& studded, MatchedRun& run) {
    const auto from = studded.line[run.first];
    const auto to = studded.line[run.last];
    run.begin = placed(run, run.begin, from);
    run.end = placed(run, run.end, to);
    if (run.begin.at == run.end.at) return false;
    const bool at_start = run.first == 0;
    const bool at_finish = run.last + 1 == studded.line.size();
    if (at_start && !may_move(from, run.begin.point)) return false;
    if (at_finish && !may_move(to, run.end.point)) return false;
    if (at_start && from != run.begin.point) vertex_moves_[from] = run.begin.point;
    if (at_finish && to != run.end.point) vertex_moves_[to] = run.end.point;
    return true;
  }

  [[nodiscard]] bool may_move(LonLat from, LonLat to) const {
    if (from == to) return true;
    const auto moved = vertex_moves_.find(from);
    if (moved != vertex_moves_.end()) return moved->second == to;
    return !frozen_.contains(from) && !vertex_moves_.contains(to);
  }

  void freeze(const MatchedRun& run) {
    is_target_[run.target] = true;
    const auto& line = arcs_[run.target].line;
    for (const auto vertex : {line.front(), line.back(), run.begin.point, run.end.point}) frozen_[vertex] = 0;
    for (const auto& end : {run.begin, run.end}) {
      auto& nodes = parts_[run.target].nodes;
      const bool has = std::ranges::find(nodes, end.at, &Along::at) != nodes.end();
      if (end.at != std::floor(end.at) && !has) nodes.push_back(end);
    }
  }

  void note(std::size_t source, const MatchedRun& run) {
    if (run.moved_m == 0) return;
    for (const auto* side : {&arcs_[source].left, &arcs_[source].right}) {
      for (const auto region : *side) moves_.region_m[region] = std::max(moves_.region_m[region], run.moved_m);
    }
    auto vertices = strictly_between(arcs_[run.target].line, run.begin.at, run.end.at);
    vertices.push_back(run.begin.point);
    vertices.push_back(run.end.point);
    for (const auto vertex : vertices) moves_.vertex_m[vertex] = std::max(moves_.vertex_m[vertex], run.moved_m);
  }

  [[nodiscard]] Line moved_line(std::size_t a) {
    auto& [studded, runs, nodes] = parts_[a];
    std::ranges::sort(runs, {}, &MatchedRun::first);
    Line line;
    const auto add = [&](LonLat vertex) {
      if (line.empty() || line.back() != vertex) line.push_back(vertex);
    };
    std::size_t k = 0;
    const auto add_until = [&](std::size_t end) {
      for (; k < end; ++k) {
        if (studded.at[k] == std::floor(studded.at[k])) add(studded.line[k]);
      }
    };
    for (const auto& run : runs) {
      add_until(run.first);
      add(run.begin.point);
      for (const auto vertex : strictly_between(arcs_[run.target].line, run.begin.at, run.end.at)) add(vertex);
      add(run.end.point);
      k = run.last + 1;
    }
    add_until(studded.line.size());
    return line;
  }

  [[nodiscard]] Line noded_line(std::size_t a) {
    auto& nodes = parts_[a].nodes;
    std::ranges::sort(nodes, {}, &Along::at);
    const auto& old = arcs_[a].line;
    Line line;
    std::size_t next = 0;
    for (std::size_t i = 0; i < old.size(); ++i) {
      line.push_back(old[i]);
      for (; next < nodes.size() && nodes[next].at < static_cast<double>(i + 1); ++next)
        line.push_back(nodes[next].point);
    }
    return line;
  }

  const std::vector<Arc>& arcs_;
  const ArcPairs& pairs_;
  Moves& moves_;
  std::vector<Parts> parts_;
  std::vector<bool> is_target_;
  VertexMoves vertex_moves_;
  std::unordered_map<LonLat, char, HashVertex> frozen_;
};

}  // namespace

bool match_round(std::vector<RegionLine>& lines, std::span<const MatchedRegion> regions, Moves& moves) {
  const auto arcs = derive_arcs(lines);
  const ArcPairs pairs(arcs, regions);
  const MatchCandidates candidates(arcs, pairs);
  Round round(arcs, pairs, moves);
  for (std::size_t a = 0; a < arcs.size(); ++a) {
    if (!pairs.may_move(a)) continue;
    const auto studded = candidates.studded(a);
    auto runs = candidates.runs(a, studded);
    if (!runs.empty()) round.take(a, studded, std::move(runs));
  }
  const auto fresh = round.new_lines();
  if (fresh.empty()) return false;
  for (const auto& [from, to] : round.vertex_moves()) {
    moves.vertex_m[to] = std::max(moves.vertex_m[to], plane_distance_m(from, to));
  }
  replace_arcs(lines, arcs, fresh, round.vertex_moves());
  return true;
}

}  // namespace kordon::geo
