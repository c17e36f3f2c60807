#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "scoring/evaluate.hpp"

namespace kordon::scoring {

/// The verdicts of all programs together, as a number; `undecided` where they differ or may.
using VerdictCode = std::uint8_t;
inline constexpr VerdictCode undecided = 0xFF;

/// A rectangle of the grid of all cells `size_deg` wide and high, by its column from 180 W and row from 90 S.
struct GridCell {
  std::uint32_t column;
  std::uint32_t row;
};

/// Finds cells in which every position, known as well as `accuracy_m` or better, has the same verdicts.
///
/// Margins are 1-Lipschitz: with each range widened at the cell's middle by the cell's radius, what is said there for
/// certain holds everywhere in it.
class VerdictCells {
 public:
  VerdictCells(const Terms& terms, double accuracy_m);

  /// The code of each cell of a grid.
  std::vector<VerdictCode> decide(std::span<const GridCell> cells, double size_deg);

  /// The verdicts of positions by program, with the distances that programs read and no others. Of lines known as well
  /// as `line_accuracy_m` (by geo::Target) says.
  [[nodiscard]] std::vector<std::vector<policy::Verdict>> evaluate(const Positions& positions,
                                                                   std::span<const double> line_accuracy_m) const;

  /// By program, what a code stands for. Codes that were given out stay as they are while others are made.
  [[nodiscard]] std::span<const policy::Verdict> verdicts(VerdictCode code) const {
    return {verdicts_.data() + code * terms_.programs.size(), terms_.programs.size()};
  }

 private:
  VerdictCode code_of(std::span<const policy::Verdict> verdicts);

  Terms terms_;
  double accuracy_m_;
  std::vector<geo::Target> targets_;       ///< that the programs read
  std::vector<policy::Verdict> verdicts_;  ///< by code and program
};

}  // namespace kordon::scoring
