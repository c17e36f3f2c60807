#pragma once

#include <optional>
#include <span>
#include <utility>

#include "tracks/runs.hpp"

namespace kordon::tracks {

/// What is 0 at a crossing: the signed distance of a target, moved by a constant.
struct ClauseEnd {
  std::optional<geo::Target> target;  ///< nothing: no line is crossed
  double offset_m = 0;                ///< added to the signed distance

  /// The end of a clause's range that is nearest to 0 where it was measured.
  static ClauseEnd of(const policy::Program& program, std::uint32_t clause, const policy::Measurement& measurement);
};

/// Where a crossing lies in its run.
struct CrossingPlace {
  std::size_t run;
  Path::OnEdge on;
  Milliseconds time_ms;
};

/// The times between which a crossing truly lies; NaN without times. They are those of the fixes beside it; where a fix
/// lies nearer to what is crossed than its accuracy, of the next one, and so on to a gap.
std::pair<Milliseconds, Milliseconds> time_range(std::span<const Run> runs, MarginField& field,
                                                 const CrossingPlace& crossing, const ClauseEnd& end);

}  // namespace kordon::tracks
