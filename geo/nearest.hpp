#pragma once

#include <algorithm>
#include <array>
#include <limits>
#include <span>

#include "geo/blocks.hpp"
#include "geo/chord.hpp"
#include "geo/edges.hpp"

namespace kordon::geo {

struct Query {
  LonLat place;
  Vec3 p;

  explicit Query(LonLat at) : place(at), p(to_ecef(at)) {}
};

inline constexpr Edge no_edge = 0xFFFFFFFF;

/// The nearest point of a target's edges. With no edge it is infinitely far.
struct Nearest {
  double distance_m = std::numeric_limits<double>::infinity();
  Edge edge = no_edge;
  double t = 0;

  /// Ties go to the lower edge, so that the order in which edges are looked at does not show.
  void offer(const Nearest& other) {
    if (other.distance_m < distance_m || (other.distance_m == distance_m && other.edge < edge)) *this = other;
  }
};

/// Geodesic distance to an edge by Karney's inverse, minimised along the edge to 1 mm, where it can be below `beat_m`;
/// an infinite one where it cannot.
Nearest measure_by_inverse(const Edges& edges, const Query& query, Edge edge, double t, double beat_m);

/// A lower bound of the geodesic distance to everything in a ball, by the triangle inequality.
double geodesic_to_ball_at_least_m(const Query& query, const Ball& ball);

/// Edges whose chords are about the shortest.
class Shortlist {
 public:
  struct Entry {
    Edge edge;
    OnEdge on;
  };

  [[nodiscard]] double shortest_m() const { return std::sqrt(shortest2_m2_); }
  /// The nearest edge's chord is no longer than this.
  [[nodiscard]] double limit_m() const { return limit_m_; }
  /// All that were offered within the limit; false if there was no room for them.
  [[nodiscard]] bool complete() const { return complete_; }
  [[nodiscard]] std::span<const Entry> entries() const { return {entries_.data(), size_}; }

  void offer(Edge edge, const OnEdge& on) {
    if (on.chord2_m2 > limit_m_ * limit_m_) return;
    if (on.chord2_m2 < shortest2_m2_) {
      shortest2_m2_ = on.chord2_m2;
      const double chord_m = std::sqrt(shortest2_m2_);
      limit_m_ = chord_m + chord_slack_m(chord_m);
    }
    if (size_ == entries_.size()) forget_far();
    complete_ = complete_ && size_ < entries_.size();
    if (complete_) entries_[size_++] = {edge, on};
  }

 private:
  void forget_far() {
    const auto far = [&](const Entry& entry) { return entry.on.chord2_m2 > limit_m_ * limit_m_; };
    size_ = static_cast<std::size_t>(std::remove_if(entries_.begin(), entries_.end(), far) - entries_.begin());
  }

  double shortest2_m2_ = std::numeric_limits<double>::infinity();
  double limit_m_ = std::numeric_limits<double>::infinity();
  std::array<Entry, 32> entries_;
  std::size_t size_ = 0;
  bool complete_ = true;
};

/// The nearest edge of those beyond the series, by Karney's inverse and lower bounds of it: from afar chords tell
/// little. `best` is one of them, or nothing. Arguments as of `find_nearest`.
template <typename Scan>
Nearest find_nearest_far(const Edges& edges, const Query& query, Nearest best, Scan&& scan) {
  scan([&](const Ball& ball) { return geodesic_to_ball_at_least_m(query, ball); }, [&] { return best.distance_m; },
       [&](Edge i) {
         best.offer(measure_by_inverse(edges, query, i, nearest_on_edge(edges.curve(i), query.p).t, best.distance_m));
       });
  return best;
}

/// The geodesically nearest edge; `hint`, one of those looked for or no edge, makes it faster.
/// `scan(at_least_m, limit_m, visit)` must call `visit(edge)` for every edge of a ball with
/// `at_least_m(ball) <= limit_m()`; the limit shrinks while it runs.
template <typename Scan>
Nearest find_nearest(const Edges& edges, const Query& query, Edge hint, Scan&& scan) {
  const auto chord_at_least_m = [&](const Ball& ball) { return ball.distance_m(query.p) - double{ball.radius_m}; };
  Shortlist shortlist;
  // Where an edge's nearest point is its end, the next edge's is its start; beyond the series that is not certain.
  const auto offer = [&](Edge i) {
    const auto on = nearest_on_edge(edges.curve(i), query.p);
    if (on.t < 1 || edges.is_last(i) || on.chord2_m2 > series_chord_m * series_chord_m) shortlist.offer(i, on);
  };
  if (hint != no_edge) offer(hint);
  // Once there are more than fit, only nearer ones are of use.
  scan(
      chord_at_least_m,
      [&] { return shortlist.complete() ? shortlist.limit_m() : std::min(shortlist.shortest_m(), series_chord_m); },
      offer);
  const double limit_m = shortlist.limit_m();
  const bool near = shortlist.shortest_m() <= series_chord_m;
  Nearest nearest;
  const auto weigh = [&](Edge i, const OnEdge& on) {
    if (on.chord2_m2 > limit_m * limit_m) return;
    nearest.offer(near ? Nearest{geodesic_from_chord_m(query.p, on.reach), i, on.t}
                       : measure_by_inverse(edges, query, i, on.t, nearest.distance_m));
  };
  if (shortlist.complete()) {
    for (const auto& [edge, on] : shortlist.entries()) weigh(edge, on);
  } else if (near) {
    scan(
        chord_at_least_m, [&] { return limit_m; }, [&](Edge i) { weigh(i, nearest_on_edge(edges.curve(i), query.p)); });
  } else {
    const auto& first =
        *std::ranges::min_element(shortlist.entries(), {}, [](const auto& e) { return e.on.chord2_m2; });
    nearest = find_nearest_far(edges, query,
                               measure_by_inverse(edges, query, first.edge, first.on.t, nearest.distance_m), scan);
  }
  return nearest;
}

}  // namespace kordon::geo
