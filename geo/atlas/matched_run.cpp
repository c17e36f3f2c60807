#include "geo/atlas/matched_run.hpp"

#include <algorithm>

namespace kordon::geo {
namespace {

/// A run that is being followed: where on the target it has come to.
class Follower {
 public:
  Follower(const Studded& source, const Line& target, const Feet& feet, double tolerance_m)
      : source_(source), target_(target), feet_(feet), tolerance_m_(tolerance_m) {}

  std::vector<MatchedRun> follow() {
    for (std::size_t k = feet_.first; k < feet_.first + feet_.of.size(); ++k) {
      if (open_ && step(k)) continue;
      close();
      if (foot_of(k)) start(k);
    }
    close();
    return std::move(runs_);
  }

 private:
  [[nodiscard]] const std::optional<Along>& foot_of(std::size_t k) const { return feet_.of[k - feet_.first]; }

  void start(std::size_t k) {
    open_ = true;
    first_ = k;
    places_ = {*foot_of(k)};
    gaps_m_ = {};
    direction_ = 0;
  }

  [[nodiscard]] bool is_closed() const { return target_.size() > 3 && target_.front() == target_.back(); }

  /// Of a closed target its first vertex is also its last.
  [[nodiscard]] Along as_next(Along foot) const {
    const auto end = static_cast<double>(target_.size() - 1);
    if (is_closed() && foot.at == 0 && places_.back().at > end / 2) foot.at = end;
    if (is_closed() && foot.at == end && places_.back().at < end / 2) foot.at = 0;
    return foot;
  }

  bool step(std::size_t k) {
    if (!foot_of(k)) return false;
    auto next = as_next(*foot_of(k));
    const auto& here = places_.back();
    const double ahead = next.at - here.at;
    if (direction_ == 0 && places_.size() == 1 && is_closed() && ahead != 0) unwrap_start(ahead);
    if ((next.at - places_.back().at) * direction_ < 0) {  // a zigzag of one line within the tolerance of the other
      next = places_.back();
      next.distance_m = plane_distance_m(source_.line[k], next.point);
      if (next.distance_m > tolerance_m_) return false;
    }
    const auto gap_m = widest_gap_m(k, places_.back().at, next.at);
    if (!gap_m) return false;
    if (next.at != places_.back().at) direction_ = next.at > places_.back().at ? 1 : -1;
    gaps_m_.push_back(*gap_m);
    places_.push_back(next);
    return true;
  }

  /// A run that starts at the first vertex of a closed target may go backwards from its last.
  void unwrap_start(double ahead) {
    const auto end = static_cast<double>(target_.size() - 1);
    if (places_.back().at == 0 && ahead > end / 2) places_.back().at = end;
    if (places_.back().at == end && ahead < -end / 2) places_.back().at = 0;
  }

  /// How far the target's vertices between two places are from the source's edge that ends at vertex `k`.
  [[nodiscard]] std::optional<double> widest_gap_m(std::size_t k, double from, double to) const {
    double widest_m = 0;
    const auto low = static_cast<std::size_t>(std::floor(std::min(from, to))) + 1;
    for (auto i = low; static_cast<double>(i) < std::max(from, to); ++i) {
      widest_m = std::max(widest_m, foot_on(target_[i], source_.line[k - 1], source_.line[k]).distance_m);
      if (widest_m > tolerance_m_) return std::nullopt;
    }
    return widest_m;
  }

  /// The lines part at an end, unless it is an end of both.
  [[nodiscard]] bool parts_at(std::size_t k) const {
    const double at = places_[k - first_].at;
    const bool source_end = k == 0 || k + 1 == source_.line.size();
    const bool target_end = at == 0 || at == static_cast<double>(target_.size() - 1);
    return !(source_end && target_end);
  }

  /// Takes both ends back to where the lines are as near as they mostly are; `last` is before `first` if nothing stays.
  [[nodiscard]] std::pair<std::size_t, std::size_t> without_wedges() const {
    auto first = first_;
    auto last = first_ + places_.size() - 1;
    const auto gap_m = [&](std::size_t k) { return places_[k - first_].distance_m; };
    while (last > first) {
      std::vector<double> gaps_m;
      for (auto k = first; k <= last; ++k) gaps_m.push_back(gap_m(k));
      const auto middle = gaps_m.begin() + static_cast<std::ptrdiff_t>(gaps_m.size() / 2);
      std::ranges::nth_element(gaps_m, middle);
      const double usual_m = 1.5 * *middle + 0.01;
      const auto before = std::pair(first, last);
      while (last > first && parts_at(last) && gap_m(last) > usual_m) --last;
      while (last > first && parts_at(first) && gap_m(first) > usual_m) ++first;
      if (before == std::pair(first, last)) break;
    }
    return {first, last};
  }

  void close() {
    if (!open_) return;
    open_ = false;
    const auto [first, last] = without_wedges();
    if (first >= last) return;
    MatchedRun run{.first = first, .last = last, .begin = places_[first - first_], .end = places_[last - first_]};
    double length_m = 0;
    for (auto k = first; k <= last; ++k) {
      run.moved_m = std::max(run.moved_m, places_[k - first_].distance_m);
      if (k == first) continue;
      run.moved_m = std::max(run.moved_m, gaps_m_[k - first_ - 1]);
      length_m += plane_distance_m(source_.line[k - 1], source_.line[k]);
    }
    if (3 * target_length_m(run) < length_m || run.begin.at == run.end.at) return;
    runs_.push_back(run);
  }

  /// Feet that stay where they are mean that the source leaves at a right angle.
  [[nodiscard]] double target_length_m(const MatchedRun& run) const {
    double length_m = 0;
    auto here = run.begin.point;
    for (const auto vertex : strictly_between(target_, run.begin.at, run.end.at)) {
      length_m += plane_distance_m(here, vertex);
      here = vertex;
    }
    return length_m + plane_distance_m(here, run.end.point);
  }

  const Studded& source_;
  const Line& target_;
  const Feet& feet_;
  double tolerance_m_;
  bool open_ = false;
  std::size_t first_ = 0;
  int direction_ = 0;
  std::vector<Along> places_;   ///< of the source's vertices from `first_` on
  std::vector<double> gaps_m_;  ///< of its edges
  std::vector<MatchedRun> runs_;
};

}  // namespace

std::vector<MatchedRun> find_runs(const Studded& source, const Line& target, const Feet& feet, double tolerance_m) {
  return Follower(source, target, feet, tolerance_m).follow();
}

Line strictly_between(const Line& line, double from, double to) {
  Line between;
  const auto low = static_cast<std::size_t>(std::floor(std::min(from, to))) + 1;
  for (auto i = low; static_cast<double>(i) < std::max(from, to); ++i) between.push_back(line[i]);
  if (from > to) std::ranges::reverse(between);
  return between;
}

}  // namespace kordon::geo
