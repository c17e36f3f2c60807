#include "areas/shares.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "areas/cell.hpp"
#include "areas/extremes.hpp"

namespace kordon::areas {
namespace {

/// Error of a verdict's margin, metres: that of policy::VerdictMargins and the index's.
constexpr double margin_error_m = 0.003;
/// How far a border may be off on average, as a share of the area's width: with a border four times as long, 1e-6 of
/// the area.
constexpr double off_share = 2.5e-7;
/// Cells are halved so often at most: more tells no double.
constexpr int deepest = 90;

class Search {
 public:
  Search(tracks::MarginField& field, double accuracy_m, double area_m2)
      : field_(field),
        accuracy_m_(accuracy_m),
        bend_m_(std::max(std::sqrt(area_m2) * off_share, 1e-6)),
        shares_(field.question().programs.size()) {}

  /// Adds a cell's shares of the programs that are open still, a bit each.
  void add(const Cell& cell, std::uint64_t open, int depth) {
    if (field_.is_spent()) return;
    const double radius_m = cell.radius_m();
    const auto centre = place_of(cell.box.centre());
    field_.prepare(centre, radius_m * 1.01);
    field_.sample(centre, accuracy_m_);
    for (std::size_t i = 0; i < shares_.size(); ++i) {
      if (((open >> i) & 1U) == 0 || field_.verdict_margins(i).stays_m() <= radius_m + margin_error_m) continue;
      shares_[i].area_m2[static_cast<std::size_t>(field_.outcome(i).verdict)] += area_m2(cell.rings);
      open &= ~(std::uint64_t{1} << i);
    }
    if (open == 0) return;
    if (radius_m < linear_from_m) open = add_where_linear(cell, open, depth);
    if (open == 0) return;
    for (auto& half : cell.halves()) {
      if (!half.empty()) add(Cell(std::move(half)), open, depth + 1);
    }
  }

  std::vector<Shares> take() { return std::move(shares_); }

 private:
  /// Larger cells are never as good as linear.
  static constexpr double linear_from_m = 20e3;

  /// The programs that are open afterwards.
  std::uint64_t add_where_linear(const Cell& cell, std::uint64_t open, int depth) {
    const Grid grid(field_, cell.box, accuracy_m_);
    for (std::size_t i = 0; i < shares_.size(); ++i) {
      if (((open >> i) & 1U) == 0 || (grid.bend_m(i) > bend_m_ && depth < deepest)) continue;
      add_linear(cell, grid, i, shares_[i].area_m2);
      open &= ~(std::uint64_t{1} << i);
    }
    return open;
  }

  tracks::MarginField& field_;
  double accuracy_m_;
  double bend_m_;
  std::vector<Shares> shares_;
};

/// What cutting along straight lines leaves over or takes twice goes to the indeterminate share, or is taken from all.
void balance(std::array<double, 4>& area_m2, double whole_m2) {
  double sum_m2 = 0;
  for (auto& part_m2 : area_m2) {
    if (part_m2 < 1e-9 * whole_m2) part_m2 = 0;
    sum_m2 += part_m2;
  }
  for (auto& part_m2 : area_m2) part_m2 *= whole_m2 / sum_m2;
}

}  // namespace

AreaAnswer find_shares(const tracks::Question& question, const Rings& rings, double accuracy_m) {
  AreaAnswer answer;
  answer.area_m2 = area_m2(rings);
  tracks::MarginField field(question);
  Search search(field, accuracy_m, answer.area_m2);
  const auto programs = question.programs.size();
  const Cell whole(rings);
  search.add(whole, (std::uint64_t{1} << programs) - 1, 0);
  answer.shares = search.take();
  for (std::size_t i = 0; i < programs && !field.is_spent(); ++i) {
    balance(answer.shares[i].area_m2, answer.area_m2);
    const auto extremes = find_extremes(field, whole, i, accuracy_m);
    answer.shares[i].least = extremes.least;
    answer.shares[i].greatest = extremes.greatest;
  }
  answer.samples = field.samples();
  answer.given_up = field.is_spent();
  return answer;
}

}  // namespace kordon::areas
