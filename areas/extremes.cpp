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
  double radius_m;
  Cell cell;

  /// Of equal bounds the smallest cell comes first.
  friend bool operator<(const Bounded& a, const Bounded& b) {
    return a.bound_m < b.bound_m || (a.bound_m == b.bound_m && a.radius_m > b.radius_m);
  }
};

/// The greatest `sign` times the margin, the most promising cell first.
class Search {
 public:
  Search(tracks::MarginField& field, std::size_t program, double accuracy_m, double sign)
      : field_(field), program_(program), accuracy_m_(accuracy_m), sign_(sign) {}

  Extreme run(const Cell& area) {
    field_.prepare(place_of(area.box.centre()), area.radius_m() * 1.01);
    push(area);
    while (!cells_.empty() && !field_.is_spent() &&
           cells_.top().bound_m > best_m_ + std::max(1.0, std::abs(best_m_) / 1000)) {
      const Bounded most = cells_.top();
      cells_.pop();
      if (most.radius_m < least_radius_m) continue;
      for (auto& half : most.cell.halves()) {
        if (!half.empty()) push(std::move(half));
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
    const double margin_m = measure(centre);
    const double most_m = bound_m(margin_m, radius_m);
    if (found_ && most_m <= best_m_) return;
    if (cell.contains(centre)) {
      offer(centre, margin_m);
    } else {
      const auto corner = cell.rings.front().front();
      offer(corner, measure(corner));
    }
    cells_.push({most_m, radius_m, std::move(cell)});
  }

  /// Of a cell round the last sample. Where nothing is permitted no margin is above 0, though it is 0 all along the
  /// line between two such verdicts.
  [[nodiscard]] double bound_m(double margin_m, double radius_m) const {
    if (sign_ < 0) return margin_m + radius_m;
    return std::min(margin_m + radius_m, std::max(field_.verdict_margins(program_).permits_m + radius_m, 0.0));
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
