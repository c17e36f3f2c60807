#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

#include "tracks/least_margin.hpp"
#include "tracks/runs.hpp"
#include "tracks/time_range.hpp"

namespace kordon::tracks {
namespace {

/// Consecutive parts of a track between which nothing changes but what a run is.
struct Part {
  std::size_t run;
  double from_along;
  double to_along;
  Station from;
  Station to;
  State state;
  bool after_gap;
};

/// A run that was followed.
struct Followed {
  Path path;
  PathStates states;
  double base_m;
};

class Follower {
 public:
  Follower(std::span<const Period> periods, const Track& track, const Reading& reading)
      : runs_(split_runs(periods, track, reading)), periods_(periods) {
    for (const auto& period : periods) fields_.emplace_back(period.question);
    for (const auto& run : runs_) {
      if (!is_given_up()) add_run(run, reading);
    }
  }

  TrackAnswer answer() {
    TrackAnswer answer;
    if (!is_given_up()) add_findings(answer);
    for (const auto& field : fields_) answer.samples += field.samples();
    answer.given_up = is_given_up();
    return answer;
  }

 private:
  [[nodiscard]] bool is_given_up() const {
    return std::ranges::any_of(fields_, [](const MarginField& field) { return field.is_spent(); });
  }

  void add_findings(TrackAnswer& answer) {
    const auto& question = periods_.front().question;
    answer.gaps = std::move(gaps_);
    answer.length_m = parts_.back().to.at_m;
    if (!std::isnan(runs_.front().time_ms.front())) {
      answer.timed = true;
      answer.duration_s = (runs_.back().time_ms.back() - runs_.front().time_ms.front()) / 1000;
    }
    for (std::size_t program = 0; program < question.programs.size(); ++program) {
      answer.courses.push_back(course_of(program));
    }
    for (std::size_t region = 0; region < question.regions.size(); ++region) {
      answer.visits.push_back(visit_of(region));
    }
  }

  MarginField& field_of(std::size_t run) { return fields_[runs_[run].period]; }

  void add_run(const Run& run, const Reading& reading) {
    const auto number = followed_.size();
    if (run.after_gap && number > 0) add_gap(run, reading);
    Path path(run.places, reading.edges);
    auto states = find_states(fields_[run.period], path, run.accuracy_m);
    followed_.push_back({std::move(path), std::move(states), base_m_});
    const auto& here = followed_.back();
    Part part{number, 0, 0, station(number, 0), {}, here.states.first, run.after_gap};
    part.from.time_ms = run.time_ms.front();
    for (const auto& change : here.states.changes) {
      part.to_along = change.along;
      part.to = station(number, change.along);
      parts_.push_back(part);
      part = {number, change.along, 0, part.to, {}, change.after, false};
    }
    part.to_along = here.path.length_m();
    part.to = {run.places.back(), base_m_ + here.path.length_m(), run.time_ms.back()};
    parts_.push_back(part);
    base_m_ += here.path.length_m();
  }

  void add_gap(const Run& run, const Reading& reading) {
    const auto& before = parts_.back().to;
    if (run.gap != Gap::Reason::piece)
      base_m_ += Path(std::vector{before.place, run.places.front()}, reading.edges).length_m();
    gaps_.push_back({before, {run.places.front(), base_m_, run.time_ms.front()}, run.gap});
  }

  [[nodiscard]] Station station(std::size_t run, double along) const {
    const auto& [path, states, base_m] = followed_[run];
    const auto [edge, t] = path.locate(along);
    const double metres = path.metres_at(along);
    const auto& time_ms = runs_[run].time_ms;
    Milliseconds time = time_ms[edge];
    if (edge + 1 < time_ms.size() && t > 0) {
      const double edge_m = path.along_of(edge + 1) - path.along_of(edge);
      time += (metres - path.along_of(edge)) / edge_m * (time_ms[edge + 1] - time_ms[edge]);
    }
    return {path.at(along), base_m + metres, time};
  }

  Course course_of(std::size_t program) {
    Course course;
    for (std::size_t i = 0; i < parts_.size() && !is_given_up(); ++i) {
      const auto& part = parts_[i];
      const auto verdict = part.state.verdict(program);
      const bool joined = i > 0 && !part.after_gap;
      if (joined && course.intervals.back().verdict == verdict) {
        extend(course.intervals.back(), part, program);
        continue;
      }
      if (joined) course.crossings.push_back(crossing_at(i, program));
      auto& interval = course.intervals.emplace_back();
      interval.verdict = verdict;
      interval.from = part.from;
      interval.least_margin_m = std::numeric_limits<double>::infinity();
      extend(interval, part, program);
    }
    return course;
  }

  void extend(Interval& interval, const Part& part, std::size_t program) {
    interval.to = part.to;
    interval.length_m = interval.to.at_m - interval.from.at_m;
    interval.dwell_s = dwell_s(interval.from, interval.to);
    const auto& [path, states, base_m] = followed_[part.run];
    const double accuracy_m = runs_[part.run].accuracy_m;
    auto& field = field_of(part.run);
    const auto least = find_least_margin(field, path, accuracy_m, states, program, part.from_along, part.to_along);
    const bool less = std::abs(least.margin_m) < std::abs(interval.least_margin_m);
    if (!less && !interval.because.clause.empty()) return;
    interval.least_margin_m = least.margin_m;
    interval.least_at = station(part.run, least.along);
    field.sample(interval.least_at.place, accuracy_m);
    if (field.outcome(program).verdict != interval.verdict) {
      field.sample(path.at(std::midpoint(part.from_along, part.to_along)), accuracy_m);
    }
    interval.because =
        policy::because_of(*field.question().programs[program], field.measurement(), field.outcome(program));
  }

  static double dwell_s(const Station& from, const Station& to) {
    return std::isnan(from.time_ms) ? 0 : (to.time_ms - from.time_ms) / 1000;
  }

  static Reason reason(const MarginField& field, std::size_t program, std::uint32_t clause) {
    const auto* asked = field.question().programs[program];
    if (clause == policy::none) return {asked, policy::none, policy::none, 0};
    const auto& decides = asked->clauses[clause];
    return {asked, clause, decides.rule, field.measurement().signed_m[decides.target]};
  }

  /// Where part i begins.
  Crossing crossing_at(std::size_t i, std::size_t program) {
    const auto& before = parts_[i - 1];
    const auto& after = parts_[i];
    Crossing crossing;
    crossing.at = after.from;
    crossing.from = before.state.verdict(program);
    crossing.to = after.state.verdict(program);
    auto& field = field_of(after.run);
    const double accuracy_m = runs_[after.run].accuracy_m;
    field.sample(after.from.place, accuracy_m);
    const auto* asked = field.question().programs[program];
    auto clause = policy::clause_at_change(*asked, field.measurement());
    if (runs_[before.run].period != runs_[after.run].period) clause = policy::none;
    crossing.because = reason(field, program, clause);
    std::tie(crossing.earliest_ms, crossing.latest_ms) =
        time_range(runs_, field, range_at(i), ClauseEnd::of(*asked, clause, field.measurement()));
    return crossing;
  }

  [[nodiscard]] CrossingPlace range_at(std::size_t i) const {
    const auto& after = parts_[i];
    return {after.run, followed_[after.run].path.locate(after.from_along), after.from.time_ms};
  }

  Visit visit_of(std::size_t region) {
    Visit visit;
    visit.region = periods_.front().question.regions[region];
    for (std::size_t i = 0; i < parts_.size() && !is_given_up(); ++i) {
      const auto& part = parts_[i];
      const bool inside = part.state.is_inside(region);
      if (inside) visit.length_m += part.to.at_m - part.from.at_m, visit.dwell_s += dwell_s(part.from, part.to);
      if (i == 0 || part.after_gap || parts_[i - 1].state.is_inside(region) == inside) continue;
      Visit::Passage passage{.at = part.from, .enters = inside};
      std::tie(passage.earliest_ms, passage.latest_ms) =
          time_range(runs_, field_of(part.run), range_at(i), ClauseEnd{.target = visit.region});
      visit.passages.push_back(passage);
    }
    return visit;
  }

  std::vector<Run> runs_;
  std::span<const Period> periods_;
  std::vector<MarginField> fields_;  ///< by period
  std::vector<Followed> followed_;   ///< by run
  std::vector<Part> parts_;
  std::vector<Gap> gaps_;
  double base_m_ = 0;
};

}  // namespace

TrackAnswer follow(std::span<const Period> periods, const Track& track, const Reading& reading) {
  return Follower(periods, track, reading).answer();
}

}  // namespace kordon::tracks
