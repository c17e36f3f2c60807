#pragma once

#include <span>
#include <vector>

#include "tracks/track.hpp"

namespace kordon::tracks {

/// Consecutive fixes of a track that are read in one way: no gap between them, one accuracy, one period.
struct Run {
  std::vector<geo::LonLat> places;    ///< at least one
  std::vector<Milliseconds> time_ms;  ///< of each place
  std::vector<std::size_t> fix;       ///< of each place: the fix there or the last one before it, in all pieces' order
  double accuracy_m = 0;
  std::size_t period = 0;
  bool after_gap = false;  ///< what lies before is not joined to it
  Gap::Reason gap = Gap::Reason::piece;
};

/// Between two fixes the larger accuracy holds. Where a period ends between two fixes, the line is cut at the place
/// that it has then.
std::vector<Run> split_runs(std::span<const Period> periods, const Track& track, const Reading& reading);

}  // namespace kordon::tracks
