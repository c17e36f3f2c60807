#include "tracks/least_margin.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace kordon::tracks {
namespace {

class Search {
 public:
  Search(MarginField& field, const Path& path, double accuracy_m, std::size_t program)
      : field_(field), path_(path), accuracy_m_(accuracy_m), program_(program) {}

  struct Place {
    double along;
    double margin_m;
  };

  Place measure(double along) {
    field_.sample(path_.at(along), accuracy_m_);
    return {along, field_.outcome(program_).margin_m};
  }

  void offer(const Place& place) {
    if (std::abs(place.margin_m) < std::abs(best_.margin_m)) best_ = {place.margin_m, place.along};
  }

  /// Halves what can hold a smaller margin than the best: no margin between two places is smaller than half of what
  /// both together leave of the way.
  void search(const Place& from, const Place& to) {
    const double way_m = (to.along - from.along) * path_.stretch();
    const double best_m = std::abs(best_.margin_m);
    const double least_m = std::max((std::abs(from.margin_m) + std::abs(to.margin_m) - way_m) / 2, 0.0);
    const double better_m = best_m - std::max(0.01, best_m / 1000);
    if (field_.is_spent()) return;
    if (!(least_m < better_m) || !(way_m > 0.02)) return;
    const double middle = std::midpoint(from.along, to.along);
    field_.prepare(path_.at(middle), way_m * 0.51);
    const bool bounded =
        path_.is_one_edge(from.along, to.along) && field_.bound(path_.at(from.along), path_.at(to.along));
    if (bounded && !(field_.least_margin_m(program_) < better_m)) return;
    const auto halfway = measure(middle);
    offer(halfway);
    search(from, halfway);
    search(halfway, to);
  }

  [[nodiscard]] const LeastMargin& best() const { return best_; }

 private:
  MarginField& field_;
  const Path& path_;
  double accuracy_m_;
  std::size_t program_;
  LeastMargin best_{std::numeric_limits<double>::infinity(), 0};
};

}  // namespace

LeastMargin find_least_margin(MarginField& field, const Path& path, double accuracy_m, const PathStates& states,
                              std::size_t program, double from_along, double to_along) {
  Search search(field, path, accuracy_m, program);
  std::vector<Search::Place> known{search.measure(from_along)};
  const auto& measured = states.measured;
  auto next = std::ranges::upper_bound(measured, from_along, {}, &Measured::along);
  for (; next != measured.end() && next->along < to_along; ++next) {
    known.push_back({next->along, next->margin_m[program]});
  }
  known.push_back(search.measure(to_along));
  for (const auto& place : known) search.offer(place);
  if (std::isinf(search.best().margin_m)) return {known.front().margin_m, from_along};
  for (std::size_t i = 1; i < known.size(); ++i) search.search(known[i - 1], known[i]);
  return search.best();
}

}  // namespace kordon::tracks
