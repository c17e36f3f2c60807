#pragma once

#include <vector>

#include "tracks/margin_field.hpp"
#include "tracks/path.hpp"

namespace kordon::tracks {

/// A place of a path that was measured, with the margin of each program.
struct Measured {
  double along = 0;
  Sample sample;
  OnLine on_line;
  bool touches = false;          ///< nearer than 1 mm to a line
  std::vector<double> margin_m;  ///< Outcome::margin_m by program
};

/// Where the state changes along a path.
struct StateChange {
  double along = 0;
  State before;
  State after;
  bool on_line = false;         ///< an end of a part that runs along a line
  bool before_touches = false;  ///< a line, nearer than 1 mm, just before the change
  bool after_touches = false;
};

/// A path as its state changes, exactly.
struct PathStates {
  State first;
  std::vector<StateChange> changes;  ///< ascending
  std::vector<Measured> measured;    ///< ascending; the first and the last place among them
};

/// How far inside another state a path must go to be seen there, and how long a part must be to be one, metres.
inline constexpr double tangent_m = 0.005;
/// A line is crossed, not followed, where less of the path than this is nearer than 1 mm to it, metres.
inline constexpr double shortest_along_m = 0.2;
/// Changes of state are placed to this, metres.
inline constexpr double placed_m = 1e-4;

/// Finds all changes of state along a path by certified skipping.
///
/// Margins change by no more than one moves. So around a place that is measured the state is known as far as its margin
/// reaches; what the places on both sides leave open is halved, down to `placed_m` where the state changes and to twice
/// `tangent_m` where it does not. An excursion into another state that is deeper than `tangent_m` is therefore never
/// missed, and none is made up. Where the path runs along a line, within 1 mm of it, for `shortest_along_m` or more,
/// its state is that of places on the line: indeterminate where nothing else decides. A shorter part on a line is none:
/// the line is crossed once, in the middle of it.
PathStates find_states(MarginField& field, const Path& path, double accuracy_m);

}  // namespace kordon::tracks
