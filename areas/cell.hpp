#pragma once

#include <array>
#include <cmath>
#include <optional>

#include "areas/rings.hpp"
#include "tracks/margin_field.hpp"

namespace kordon::areas {

/// A part of an area and a box round it.
struct Cell {
  Rings rings;  ///< none where the part is the whole box
  Box box;
  bool whole = false;

  explicit Cell(Rings part) : rings(std::move(part)), box(box_of(rings)) {}
  Cell(Rings part, const Box& round);
  static Cell of_box(const Box& box);

  [[nodiscard]] bool empty() const { return !whole && rings.empty(); }
  [[nodiscard]] double area_m2() const;
  [[nodiscard]] bool contains(const Corner& place) const { return whole || areas::contains(rings, place); }
  /// No place of the box lies farther from its centre, metres.
  [[nodiscard]] double radius_m() const;
  /// Whether it is longer from west to east than from south to north.
  [[nodiscard]] bool is_wide() const;
  /// Its halves, across the longer side: the western or southern one first.
  [[nodiscard]] std::array<Cell, 2> halves() const;

 private:
  Cell() = default;
};

/// A place in [-180, 180] and [-90, 90].
geo::LonLat place_of(const Corner& corner);

/// The margins of three verdicts as a list.
struct Margins {
  static constexpr std::array<policy::Verdict, 3> verdicts{policy::Verdict::not_applicable, policy::Verdict::eligible,
                                                           policy::Verdict::ineligible};
  std::array<double, 3> m{};

  explicit Margins(const policy::VerdictMargins& of) : m{of.not_applicable_m, of.eligible_m, of.ineligible_m} {}
  Margins() = default;

  /// The verdict of all places that are no farther; none where it can change.
  [[nodiscard]] std::optional<policy::Verdict> stays(double radius_m) const;
};

/// The margins of all programs at the corners of a box, the middles of its sides, and its centre: three by three, from
/// the south west on, row by row.
class Grid {
 public:
  Grid(const Box& box, std::size_t programs) : box_(box), programs_(programs), margins_(9 * programs) {}

  /// Takes over the points of a grid of which this one's box is a half: the first or the second of Cell::halves.
  void inherit(const Grid& from, bool wide, bool second);
  /// Measures a point, unless that is done.
  void measure(tracks::MarginField& field, std::size_t point, double accuracy_m);
  void measure_all(tracks::MarginField& field, double accuracy_m);

  [[nodiscard]] const Margins& at(std::size_t point, std::size_t program) const {
    return margins_[point * programs_ + program];
  }
  [[nodiscard]] Corner corner(std::size_t point) const;
  /// How far the margins are from linear, where they change their sign; metres.
  [[nodiscard]] double bend_m(std::size_t program) const;

  static constexpr std::size_t centre = 4;

 private:
  Box box_;
  std::size_t programs_;
  unsigned measured_ = 0;  ///< a bit a point
  std::vector<Margins> margins_;
};

/// Adds what of a cell each verdict has, its margins taken as linear in each of eight triangles.
void add_linear(const Cell& cell, const Grid& grid, std::size_t program, std::array<double, 4>& area_m2);

}  // namespace kordon::areas
