#include "areas/shares.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "areas/cell.hpp"
#include "areas/extremes.hpp"

namespace kordon::areas {
namespace {

/// What the borders in an area may be off, as a share of it, if all are to the same side.
constexpr double off_share = 1e-6;
/// Cells are halved so often at most: more tells no double.
constexpr int deepest = 90;
/// Larger cells are never as good as linear.
constexpr double linear_from_m = 20e3;

/// A cell that is not decided, with what is measured in it.
struct Part {
  Cell cell;
  Grid grid;
  std::uint64_t open = 0;        ///< the programs whose verdicts differ in it, a bit each
  std::vector<double> spare_m2;  ///< by program: what its shares may be off
};

class Search {
 public:
  Search(tracks::MarginField& field, double accuracy_m)
      : field_(field), accuracy_m_(accuracy_m), shares_(field.question().programs.size()) {}

  void run(const Cell& whole, double area_m2) {
    Part part{whole, Grid(whole.box, shares_.size()), (std::uint64_t{1} << shares_.size()) - 1,
              std::vector(shares_.size(), area_m2 * off_share)};
    field_.prepare(place_of(whole.box.centre()), whole.radius_m() * 1.01);
    add_decided(part);
    add(part, 0);
  }

  std::vector<Shares> take() { return std::move(shares_); }

 private:
  /// Adds the shares of the programs that are open. What is spare in the end is left in the part.
  void add(Part& part, int depth) {
    if (part.open == 0 || field_.is_spent()) return;
    const double radius_m = part.cell.radius_m();
    field_.prepare(place_of(part.cell.box.centre()), radius_m * 1.01);
    if (radius_m < linear_from_m) add_where_linear(part, radius_m, depth);
    if (part.open == 0) return;
    auto halves = halves_of(part);
    for (auto& half : halves) add_decided(half);
    auto& [first, second] = halves;
    for (std::size_t i = 0; i < shares_.size(); ++i) {
      const bool both = ((first.open & second.open) >> i & 1U) != 0;
      const bool is_first = (first.open >> i & 1U) != 0;
      first.spare_m2[i] = part.spare_m2[i] * (both ? 0.5 : is_first ? 1 : 0);
      second.spare_m2[i] = part.spare_m2[i] - first.spare_m2[i];
    }
    add(first, depth + 1);
    for (std::size_t i = 0; i < shares_.size(); ++i) second.spare_m2[i] += first.spare_m2[i];
    add(second, depth + 1);
    part.spare_m2 = std::move(second.spare_m2);
  }

  [[nodiscard]] std::array<Part, 2> halves_of(const Part& part) const {
    const bool wide = part.cell.is_wide();
    auto cells = part.cell.halves();
    const auto half = [&](std::size_t i) {
      Grid grid(cells[i].box, shares_.size());
      grid.inherit(part.grid, wide, i == 1);
      return Part{std::move(cells[i]), std::move(grid), part.open, part.spare_m2};
    };
    return {half(0), half(1)};
  }

  /// Closes the programs that have one verdict in all of the part.
  void add_decided(Part& part) {
    if (part.cell.empty()) part.open = 0;
    if (part.open == 0) return;
    part.grid.measure(field_, Grid::centre, accuracy_m_);
    const double radius_m = part.cell.radius_m() + tracks::margin_error_m;
    for (std::size_t i = 0; i < shares_.size(); ++i) {
      if ((part.open >> i & 1U) == 0) continue;
      const auto verdict = part.grid.at(Grid::centre, i).stays(radius_m);
      if (!verdict) continue;
      shares_[i].area_m2[static_cast<std::size_t>(*verdict)] += part.cell.area_m2();
      part.open &= ~(std::uint64_t{1} << i);
    }
  }

  /// Closes the programs whose margins are as good as linear, and takes what they may be off from the spare.
  void add_where_linear(Part& part, double radius_m, int depth) {
    part.grid.measure_all(field_, accuracy_m_);
    for (std::size_t i = 0; i < shares_.size(); ++i) {
      if ((part.open >> i & 1U) == 0) continue;
      const double off_m2 = part.grid.bend_m(i) * radius_m / 2;
      if (off_m2 > part.spare_m2[i] && depth < deepest) continue;
      part.spare_m2[i] = std::max(part.spare_m2[i] - off_m2, 0.0);
      add_linear(part.cell, part.grid, i, shares_[i].area_m2);
      part.open &= ~(std::uint64_t{1} << i);
    }
  }

  tracks::MarginField& field_;
  double accuracy_m_;
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
  Search search(field, accuracy_m);
  const auto programs = question.programs.size();
  const Cell whole(rings);
  search.run(whole, answer.area_m2);
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
