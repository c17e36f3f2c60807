#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "policy/explain.hpp"
#include "tracks/margin_field.hpp"
#include "tracks/path.hpp"

namespace kordon::tracks {

/// A moment with its fraction: milliseconds since 1970-01-01T00:00:00Z. NaN: not known.
using Milliseconds = double;
inline constexpr Milliseconds no_time = std::numeric_limits<double>::quiet_NaN();

/// A position of a line.
struct Fix {
  geo::LonLat place;
  double accuracy_m = 0;
  Milliseconds time_ms = no_time;  ///< all fixes of a line have one, or none
};

/// One piece of line or several; between pieces nothing is known.
struct Track {
  std::vector<std::vector<Fix>> pieces;  ///< of at least one fix each, at least two if there are no times

  /// Of one with a fix: whether its fixes have times.
  [[nodiscard]] bool is_timed() const { return !std::isnan(pieces.front().front().time_ms); }
};

/// How a line is read between its fixes.
struct Reading {
  EdgeKind edges = EdgeKind::planar;
  double max_gap_s = std::numeric_limits<double>::infinity();      ///< a longer time between two fixes is a gap
  double max_speed_m_s = std::numeric_limits<double>::infinity();  ///< so is a faster way
};

/// A place along a line.
struct Station {
  geo::LonLat place;
  double at_m = 0;  ///< length of the line up to there
  Milliseconds time_ms = no_time;
};

/// Why a verdict changes.
struct Reason {
  const policy::Program* program = nullptr;
  std::uint32_t clause = policy::none;  ///< in Program::clauses
  std::uint32_t rule = policy::none;    ///< in Policy::rules
  double signed_m = 0;                  ///< of the clause's target, as policy::Measurement has it
};

/// A longest part of a line with one verdict.
struct Interval {
  policy::Verdict verdict = policy::Verdict::indeterminate;
  Station from;
  Station to;
  double length_m = 0;
  double dwell_s = 0;  ///< 0 without times
  double least_margin_m = 0;
  Station least_at;
  policy::Because because;  ///< where the margin is least; halfway, where a place on the line there has another verdict
};

/// A place where the verdict changes.
struct Crossing {
  Station at;
  /// The true time lies between these: between the fixes beside the crossing, and beyond those whose accuracy leaves
  /// open whether they lie before or behind it.
  Milliseconds earliest_ms = no_time;
  Milliseconds latest_ms = no_time;
  policy::Verdict from = policy::Verdict::indeterminate;
  policy::Verdict to = policy::Verdict::indeterminate;
  Reason because;  ///< without a clause where a rule comes into force or ends
};

/// What one program says of a line.
struct Course {
  std::vector<Interval> intervals;
  std::vector<Crossing> crossings;
};

/// Of a region: what lies inside, and where the line goes in and out.
struct Visit {
  geo::Target region = 0;
  double length_m = 0;
  double dwell_s = 0;
  struct Passage {
    Station at;
    Milliseconds earliest_ms = no_time;
    Milliseconds latest_ms = no_time;
    bool enters = false;
  };
  std::vector<Passage> passages;
};

/// A part between two fixes that is not bridged.
struct Gap {
  Station from;
  Station to;
  enum class Reason : std::uint8_t { pause, jump, piece } reason = Reason::pause;
};

struct TrackAnswer {
  double length_m = 0;  ///< of all pieces, gaps included
  bool timed = false;
  double duration_s = 0;        ///< 0 without times
  std::vector<Course> courses;  ///< by Question::programs
  std::vector<Visit> visits;    ///< by Question::regions
  std::vector<Gap> gaps;
  std::uint64_t samples = 0;  ///< places that were measured
  bool given_up = false;      ///< the question does not allow as much; the rest means nothing
};

/// What can be wrong with a line.
struct TrackFault {
  std::size_t piece;
  std::size_t fix;
  std::string message;
};

/// A fault that makes a line unreadable: too few fixes, a time that goes back, an edge that spans half the Earth.
std::optional<TrackFault> find_fault(const Track& track);

/// What is odd about a line and was read in one way, in words: equal times, edges across the antimeridian, jumps.
std::vector<std::string> oddities_of(const Track& track, const Reading& reading);

/// What is asked from a moment on: rules come into force and end.
struct Period {
  Milliseconds from_ms = -std::numeric_limits<double>::infinity();
  Question question;
};

/// Where a line lies, exactly; see `find_states` for what that is. The track has no fault. Of the periods, at least
/// one, ascending, all have as many programs and the same regions; a line without times is read by the first.
TrackAnswer follow(std::span<const Period> periods, const Track& track, const Reading& reading);

}  // namespace kordon::tracks
