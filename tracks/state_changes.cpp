#include "tracks/state_changes.hpp"

#include <algorithm>
#include <numeric>

namespace kordon::tracks {
namespace {

/// First steps are no shorter than this: shorter ones are made by halving.
constexpr double least_step_m = 20;

class Search {
 public:
  Search(MarginField& field, const Path& path, double accuracy_m)
      : field_(field), path_(path), accuracy_m_(accuracy_m) {}

  PathStates run() {
    auto from = measure(0);
    states_.first = from.sample.state;
    keep(from);
    while (from.along < path_.length_m() && !field_.is_spent()) {
      const double step_m = std::max(1.9 * from.sample.stays_m / path_.stretch(), least_step_m);
      auto to = measure(std::min(from.along + step_m, path_.length_m()));
      solve(from, to);
      keep(to);
      from = std::move(to);
    }
    join_changes();
    return std::move(states_);
  }

 private:
  Measured measure(double along) {
    Measured measured{.along = along,
                      .sample = field_.sample(path_.at(along), accuracy_m_),
                      .on_line = {},
                      .touches = field_.touches_line(),
                      .margin_m = {}};
    const auto programs = field_.question().programs.size();
    for (std::size_t i = 0; i < programs; ++i) measured.margin_m.push_back(field_.outcome(i).margin_m);
    if (measured.sample.stays_m <= geo::on_line_m) measured.on_line = field_.on_line();
    return measured;
  }

  void keep(const Measured& measured) { states_.measured.push_back(measured); }

  /// How far along the path the state of a place is certain.
  [[nodiscard]] double certain(const Measured& measured) const {
    return std::max(measured.sample.stays_m - margin_error_m, 0.0) / path_.stretch();
  }

  /// Between two places, neither of which is kept here.
  void solve(const Measured& from, const Measured& to) {
    const double open_from = from.along + certain(from);
    const double open_to = to.along - certain(to);
    const bool same = from.sample.state == to.sample.state;
    const bool on_lines = from.on_line.edge != geo::edge_index::no_edge && to.on_line.edge != geo::edge_index::no_edge;
    if (field_.is_spent()) return;
    if (open_to - open_from <= (same || on_lines ? 2 * tangent_m : placed_m)) {
      if (!same) add_change(std::midpoint(open_from, open_to), from, to);
      return;
    }
    if (runs_along_line(from, to)) {
      states_.changes.push_back({from.along, from.sample.state, from.on_line.state, true});
      states_.changes.push_back({to.along, from.on_line.state, to.sample.state, true});
      return;
    }
    const double middle_along = std::midpoint(open_from, open_to);
    field_.prepare(path_.at(middle_along), (open_to - open_from) * 0.51 * path_.stretch());
    if (same && keeps_state(open_from, open_to, from.sample.state)) return;
    const auto middle = measure(middle_along);
    solve(from, middle);
    keep(middle);
    solve(middle, to);
  }

  /// Whether a part of the path, that has been prepared for, has one state all along.
  bool keeps_state(double from, double to, const State& state) {
    return path_.is_one_edge(from, to) && field_.bound(path_.at(from), path_.at(to)) &&
           field_.keeps_state(state, tangent_m);
  }

  /// Whether the path lies on one edge from one place to the other. The distance to an edge is nowhere between greater
  /// than at both.
  [[nodiscard]] bool runs_along_line(const Measured& from, const Measured& to) const {
    const double way_m = (to.along - from.along) * path_.stretch();
    return from.on_line.edge != geo::edge_index::no_edge && from.on_line.edge == to.on_line.edge &&
           way_m > shortest_along_m && from.on_line.stays_m + to.on_line.stays_m > way_m + margin_error_m;
  }

  /// Makes one change of those at one place, and none of those that take each other back.
  void join_changes() {
    std::vector<StateChange> joined;
    for (const auto& change : states_.changes) {
      if (joined.empty() || joined.back().along != change.along) {
        joined.push_back(change);
      } else {
        joined.back().after = change.after;
        joined.back().after_touches = change.after_touches;
      }
      if (joined.back().before == joined.back().after) joined.pop_back();
    }
    states_.changes.clear();
    for (const auto& change : joined) join(change);
  }

  /// Whether the part between two changes is the crossing of a line.
  static bool crosses_line(const StateChange& into, const StateChange& out_of) {
    return into.after_touches && out_of.before_touches && !into.on_line && !out_of.on_line &&
           out_of.along - into.along < shortest_along_m;
  }

  /// Appends a change. Parts shorter than `tangent_m` are none, nor are those at an end of a part along a line, where
  /// the path is on the line still.
  void join(StateChange change) {
    auto& changes = states_.changes;
    if (!changes.empty() && crosses_line(changes.back(), change)) {
      change.before = changes.back().before;
      change.before_touches = changes.back().before_touches;
      change.along = std::midpoint(changes.back().along, change.along);
      changes.pop_back();
    }
    const bool along_line = change.on_line || (!changes.empty() && changes.back().on_line);
    const double from_m = change.along - (along_line ? 2 * shortest_along_m : tangent_m);
    const auto first = std::ranges::lower_bound(changes, from_m, {}, &StateChange::along);
    if (first != changes.end()) {
      change.before = first->before;
      if (!along_line) change.along = std::midpoint(first->along, change.along);
      if (change.on_line) change.along = first->along;
      change.on_line = change.on_line || first->on_line;
      changes.erase(first, changes.end());
    }
    if (change.before != change.after) changes.push_back(change);
  }

  void add_change(double along, const Measured& from, const Measured& to) {
    states_.changes.push_back(
        {std::clamp(along, from.along, to.along), from.sample.state, to.sample.state, false, from.touches, to.touches});
  }

  MarginField& field_;
  const Path& path_;
  double accuracy_m_;
  PathStates states_;
};

}  // namespace

PathStates find_states(MarginField& field, const Path& path, double accuracy_m) {
  return Search(field, path, accuracy_m).run();
}

}  // namespace kordon::tracks
