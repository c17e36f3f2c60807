#include "areas/extremes.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <queue>

namespace kordon::areas {
namespace {

/// A cell with a bound of what can be greatest in it.
struct Bounded {
  double bound_m;
  Cell cell;

  friend bool operator<(const Bounded& a, const Bounded& b) { return a.bound_m < b.bound_m; }
};

/// The greatest `sign` times the margin, the most promising cell first.
class Search {
 public:
  Search(tracks::MarginField& field, std::size_t program, double accuracy_m, double sign)
      : field_(field), program_(program), accuracy_m_(accuracy_m), sign_(sign) {}

  Extreme run(const Cell& area) {
    for (const auto& ring : area.rings) {
      if (field_.is_spent()) break;
      for (const auto& corner : ring) offer(corner, measure(corner));
    }
    push(area);
    while (!cells_.empty() && !field_.is_spent() &&
           cells_.top().bound_m > best_m_ + std::max(1.0, std::abs(best_m_) / 1000)) {
      const Cell cell = cells_.top().cell;
      cells_.pop();
      if (cell.radius_m() < least_radius_m) continue;
      for (auto& half : cell.halves()) {
        if (!half.empty()) push(Cell(std::move(half)));
      }
    }
    return {sign_ * best_m_, place_};
  }

 private:
  static constexpr double least_radius_m = 0.05;

  double measure(const Corner& corner) {
    field_.sample(place_of(corner), accuracy_m_);
    return sign_ * field_.outcome(program_).margin_m;
  }

  void offer(const Corner& corner, double margin_m) {
    if (margin_m > best_m_ || !found_) best_m_ = margin_m, place_ = place_of(corner);
    found_ = true;
  }

  void push(Cell cell) {
    const auto centre = cell.box.centre();
    const double radius_m = cell.radius_m();
    field_.prepare(place_of(centre), radius_m * 1.01);
    const double margin_m = measure(centre);
    if (margin_m > best_m_ && contains(cell.rings, centre)) offer(centre, margin_m);
    cells_.push({margin_m + radius_m, std::move(cell)});
  }

  tracks::MarginField& field_;
  std::size_t program_;
  double accuracy_m_;
  double sign_;
  bool found_ = false;
  double best_m_ = -std::numeric_limits<double>::infinity();
  geo::LonLat place_;
  std::priority_queue<Bounded> cells_;
};

}  // namespace

Extremes find_extremes(tracks::MarginField& field, const Cell& area, std::size_t program, double accuracy_m) {
  return {Search(field, program, accuracy_m, -1).run(area), Search(field, program, accuracy_m, 1).run(area)};
}

}  // namespace kordon::areas
