#pragma once

#include <array>
#include <cmath>

#include "areas/rings.hpp"
#include "tracks/margin_field.hpp"

namespace kordon::areas {

/// A part of an area and the box round it.
struct Cell {
  Rings rings;
  Box box;

  explicit Cell(Rings part) : rings(std::move(part)), box(box_of(rings)) {}

  /// No place of the box lies farther from its centre, metres.
  [[nodiscard]] double radius_m() const;
  /// Its halves, across the longer side.
  [[nodiscard]] std::array<Rings, 2> halves() const;
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
};

/// The margins of all programs at the corners of a box, the middles of its sides, and its centre: three by three, from
/// the south west on, row by row.
class Grid {
 public:
  Grid(tracks::MarginField& field, const Box& box, double accuracy_m);

  [[nodiscard]] const Margins& at(std::size_t point, std::size_t program) const {
    return margins_[point * programs_ + program];
  }
  [[nodiscard]] Corner corner(std::size_t point) const;
  /// How far the margins are from linear, where they change their sign; metres.
  [[nodiscard]] double bend_m(std::size_t program) const;

 private:
  Box box_;
  std::size_t programs_;
  std::vector<Margins> margins_;
};

/// Adds what of a cell each verdict has, its margins taken as linear in each of eight triangles.
void add_linear(const Cell& cell, const Grid& grid, std::size_t program, std::array<double, 4>& area_m2);

}  // namespace kordon::areas
