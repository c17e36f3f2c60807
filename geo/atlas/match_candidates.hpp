#pragma once

#include <span>
#include <vector>

#include "geo/atlas/edge_grid.hpp"
#include "geo/atlas/match_round.hpp"
#include "geo/atlas/matched_run.hpp"

namespace kordon::geo {

/// Which arcs may be matched with which, and which one stays.
class ArcPairs {
 public:
  ArcPairs(const std::vector<Arc>& arcs, std::span<const MatchedRegion> regions);

  /// Regions lie on one side of it only, and their layers are matched.
  [[nodiscard]] bool may_move(std::size_t arc) const;
  /// 0: not at all. The larger one of the two; no arc moves to one that is behind it in rank.
  [[nodiscard]] double tolerance_m(std::size_t source, std::size_t target) const;
  /// No region lies twice beside the joined line, nor two of one layer on the same side.
  [[nodiscard]] bool may_join(std::size_t source, std::size_t target, bool parallel) const;
  [[nodiscard]] double largest_tolerance_m() const { return largest_tolerance_m_; }

 private:
  const std::vector<Arc>& arcs_;
  std::span<const MatchedRegion> regions_;
  std::vector<std::uint32_t> rank_;  ///< by arc; the lower one stays
  std::vector<double> arc_tolerance_m_;
  double largest_tolerance_m_ = 0;
};

/// Match candidates: arcs near an arc that it could be moved onto.
class MatchCandidates {
 public:
  MatchCandidates(const std::vector<Arc>& arcs, const ArcPairs& pairs);

  /// The arc's line with the feet of the vertices of arcs that it could be moved to.
  [[nodiscard]] Studded studded(std::size_t arc) const;
  [[nodiscard]] std::vector<MatchedRun> runs(std::size_t arc, const Studded& studded) const;

 private:
  const std::vector<Arc>& arcs_;
  const ArcPairs& pairs_;
  std::vector<const Line*> lines_;
  EdgeGrid grid_;
  std::vector<std::vector<Along>> studs_;  ///< by arc
};

}  // namespace kordon::geo
