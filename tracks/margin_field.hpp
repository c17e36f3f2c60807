#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/continuous_query.hpp"
#include "policy/verdict_bounds.hpp"
#include "policy/verdict_margins.hpp"
#include "tracks/effort.hpp"

namespace kordon::tracks {

/// Error of a verdict's margin, metres: that of policy::VerdictMargins and the index's.
inline constexpr double margin_error_m = 0.003;

/// The programs and regions that every place of a line or an area is measured for.
struct Question {
  static constexpr std::size_t max_programs = 32;
  static constexpr std::size_t max_regions = 64;

  const geo::Index* index = nullptr;
  std::span<const double> accuracy_m;             ///< by geo::Target, as policy::Measurement takes it
  std::vector<const policy::Program*> programs;   ///< at most max_programs
  std::vector<geo::Target> regions;               ///< reported where they contain a place; at most max_regions
  std::uint64_t most_places = ~std::uint64_t{0};  ///< measured; beyond them an answer is given up
  Effort* effort = nullptr;                       ///< so it is when this is over; null: without limit
};

/// The verdict of each program and the side of each region, at one place.
struct State {
  std::uint64_t verdicts = 0;  ///< two bits each
  std::uint64_t inside = 0;    ///< a bit each

  [[nodiscard]] policy::Verdict verdict(std::size_t program) const {
    return static_cast<policy::Verdict>((verdicts >> (2 * program)) & 3U);
  }
  [[nodiscard]] bool is_inside(std::size_t region) const { return ((inside >> region) & 1U) != 0; }

  friend bool operator==(const State&, const State&) = default;
};

/// The state at a place, and how far around it the state is the same.
struct Sample {
  State state;
  double stays_m = 0;  ///< >= 0, with the index's own error; infinite where nothing has a line
};

/// A place on a line, nearer to it than 1 mm: the edge, the state there, and how far around that holds.
struct OnLine {
  geo::edge_index::Edge edge = geo::edge_index::no_edge;  ///< no_edge: on none, or on several
  State state;                                            ///< with a distance of 0 to the line
  double stays_m = 0;                                     ///< how far no other line changes anything
};

/// The margins of a question as a field over the Earth: measures one place after another. For one thread.
class MarginField {
 public:
  explicit MarginField(const Question& question);

  /// The state at a place that is known to `accuracy_m`.
  Sample sample(geo::LonLat place, double accuracy_m);

  /// Of the last sample: whether it is nearer than 1 mm to a line.
  [[nodiscard]] bool touches_line() const;
  /// Of the last sample: the line that it is on.
  [[nodiscard]] OnLine on_line();

  /// Of the last sample.
  [[nodiscard]] const policy::Outcome& outcome(std::size_t program) const { return outcomes_[program]; }
  [[nodiscard]] const policy::VerdictMargins& verdict_margins(std::size_t program) const {
    return verdict_margins_[program];
  }
  [[nodiscard]] policy::Measurement measurement() const {
    return {signed_by_target_, question_.accuracy_m, accuracy_m_};
  }

  /// Prepares for places within `radius_m` of the centre: they are measured against a few edges, where few are near.
  void prepare(geo::LonLat centre, double radius_m);

  /// Measures a whole way between two places, geodesic or straight in degrees, at the last sample's accuracy: two
  /// places more. False where it is not prepared for.
  bool bound(geo::LonLat from, geo::LonLat to);
  /// Of the last way: whether the state is this one all along, but for what goes less than `depth_m` into another.
  /// Where it may be on a line, nearer than 1 mm, only if no line near decides.
  [[nodiscard]] bool keeps_state(const State& state, double depth_m) const;
  /// Of the last way: no place of it has a margin of a program that is nearer to 0.
  [[nodiscard]] double least_margin_m(std::size_t program) const;

  [[nodiscard]] const Question& question() const { return question_; }
  /// Places measured so far.
  [[nodiscard]] std::uint64_t samples() const { return samples_; }
  /// More was done than the question allows: what was found is not whole, and the search should end.
  [[nodiscard]] bool is_spent() const {
    return samples_ > question_.most_places || (question_.effort != nullptr && question_.effort->is_spent());
  }

 private:
  Sample evaluate();
  [[nodiscard]] policy::MeasurementBounds measurement_bounds() const {
    return {least_m_, most_m_, question_.accuracy_m, accuracy_m_};
  }
  [[nodiscard]] double others_m(const std::vector<bool>& touched) const;

  const Question& question_;
  std::vector<geo::Target> targets_;  ///< ascending: that a program or a region needs
  geo::edge_index::NearbyEdges nearby_;
  std::vector<double> signed_m_;                         ///< by `targets_`
  std::vector<geo::edge_index::Bounds> bounds_;          ///< by `targets_`, of the last way
  std::vector<double> least_m_, most_m_;                 ///< the same by geo::Target
  std::vector<double> signed_by_target_;                 ///< by geo::Target
  std::vector<policy::Outcome> outcomes_;                ///< by program
  std::vector<policy::VerdictMargins> verdict_margins_;  ///< by program
  double accuracy_m_ = 0;
  double too_wide_m_;  ///< a disc of this radius held too many edges
  std::uint64_t samples_ = 0;
};

}  // namespace kordon::tracks
