#pragma once

#include <optional>
#include <vector>

#include "geo/atlas/edge_grid.hpp"
#include "geo/atlas/local_plane.hpp"

namespace kordon::geo {

/// A place along a line: whole numbers are vertices, the rest of the number goes along the edge that follows.
struct Along {
  double at = 0;
  LonLat point;
  double distance_m = 0;  ///< from what it is the nearest point to
};

/// A line with the feet of its neighbours' vertices, so that a part of an edge can be matched, too.
struct Studded {
  Line line;
  std::vector<double> at;  ///< where each vertex stands along the line as it was: ascending
};

/// A piece of one line that runs within a tolerance of a piece of another.
struct MatchedRun {
  std::size_t first = 0;  ///< of the studded line's vertices
  std::size_t last = 0;
  std::size_t target = 0;  ///< the other line
  Along begin;             ///< on the other line: where `first` and `last` go
  Along end;               ///< `end.at` < `begin.at` where the lines run in opposite directions
  double moved_m = 0;      ///< the largest distance between the two pieces

  [[nodiscard]] bool parallel() const { return begin.at < end.at; }
};

/// Feet of consecutive vertices of a studded line on one other line; nothing where it is farther than the tolerance.
struct Feet {
  std::size_t first = 0;  ///< the vertex that `of` begins with
  std::vector<std::optional<Along>> of;
};

/// Finds the runs of `source` along `target`: each of its edges has both ends within the tolerance of the target, the
/// target's vertices between their feet are within the tolerance of the edge, and the feet go one way.
///
/// Where a run ends because the lines part, it is taken back to where they are no farther apart than they mostly are:
/// two coasts that leave a common point at a sharp angle are not one line.
std::vector<MatchedRun> find_runs(const Studded& source, const Line& target, const Feet& feet, double tolerance_m);

/// The vertices of a line strictly between two places, in the direction from one to the other.
Line strictly_between(const Line& line, double from, double to);

}  // namespace kordon::geo
