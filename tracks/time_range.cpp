#include "tracks/time_range.hpp"

#include <cmath>

#include "policy/field.hpp"

namespace kordon::tracks {
namespace {

/// A crossing that so many fixes leave open lies anywhere since the last gap, or before the next.
constexpr int most_open_fixes = 100;

/// A place of a run.
struct Vertex {
  std::size_t run;
  std::size_t place;
};

class Walk {
 public:
  Walk(std::span<const Run> runs, MarginField& field, const ClauseEnd& end) : runs_(runs), field_(field), end_(end) {}

  [[nodiscard]] Milliseconds time_of(Vertex at) const { return runs_[at.run].time_ms[at.place]; }

  [[nodiscard]] bool step_back(Vertex& at) const {
    if (at.place > 0) return --at.place, true;
    if (runs_[at.run].after_gap) return false;
    at = {at.run - 1, runs_[at.run - 1].places.size() - 1};
    return true;
  }

  [[nodiscard]] bool step_on(Vertex& at) const {
    if (at.place + 1 < runs_[at.run].places.size()) return ++at.place, true;
    if (at.run + 1 == runs_.size() || runs_[at.run + 1].after_gap) return false;
    at = {at.run + 1, 0};
    return true;
  }

  /// Whether a fix may lie on either side of what is crossed.
  bool is_open(Vertex at) {
    const double accuracy_m = runs_[at.run].accuracy_m;
    if (!(accuracy_m > 0) || !end_.target) return false;
    field_.sample(runs_[at.run].places[at.place], accuracy_m);
    return std::abs(field_.measurement().signed_m[*end_.target] + end_.offset_m) <= accuracy_m;
  }

  template <typename Step>
  Milliseconds surely_past(Vertex at, Step&& step) {
    int open = 0;
    while (!field_.is_spent() && (open > most_open_fixes || is_open(at)) && step(at)) ++open;
    return time_of(at);
  }

 private:
  std::span<const Run> runs_;
  MarginField& field_;
  const ClauseEnd& end_;
};

}  // namespace

ClauseEnd ClauseEnd::of(const policy::Program& program, std::uint32_t clause, const policy::Measurement& measurement) {
  if (clause == policy::none) return {};
  const auto target = program.clauses[clause].target;
  const auto field = policy::field_of(program.clauses, clause, measurement);
  const double end_m = std::abs(field.lo_m) < std::abs(field.hi_m) ? field.lo_m : field.hi_m;
  return {target, end_m - measurement.signed_m[target]};
}

std::pair<Milliseconds, Milliseconds> time_range(std::span<const Run> runs, MarginField& field,
                                                 const CrossingPlace& crossing, const ClauseEnd& end) {
  if (std::isnan(crossing.time_ms) || !end.target) return {crossing.time_ms, crossing.time_ms};
  Walk walk(runs, field, end);
  const Vertex before{crossing.run, crossing.on.edge};
  Vertex after = before;
  if (after.place + 1 < runs[crossing.run].places.size()) ++after.place;
  return {walk.surely_past(before, [&](Vertex& at) { return walk.step_back(at); }),
          walk.surely_past(after, [&](Vertex& at) { return walk.step_on(at); })};
}

}  // namespace kordon::tracks
