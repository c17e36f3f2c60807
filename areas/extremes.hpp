#pragma once

#include "areas/cell.hpp"
#include "areas/shares.hpp"

namespace kordon::areas {

/// The least and the greatest margin of a program in an area.
struct Extremes {
  Extreme least;
  Extreme greatest;
};

/// By halving cells that can hold a lesser or a greater one: no place has one by more than a thousandth of it, or 1 m.
Extremes find_extremes(tracks::MarginField& field, const Cell& area, std::size_t program, double accuracy_m);

}  // namespace kordon::areas
