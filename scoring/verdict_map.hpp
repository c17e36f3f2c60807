#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

#include "scoring/verdict_cells.hpp"

namespace kordon::scoring {

/// Verdicts alone, of many positions: what a cell says of all its positions is not asked again.
///
/// The Earth is in tiles of 1.4 degrees. One where the verdicts do not change is a byte; another is divided, once many
/// positions fall into it, into 128 x 128 cells of about 1.2 km. Positions in cells that a line may cross, in tiles
/// that few ask for, and those known worse than `accuracy_limit_m` are evaluated by themselves. So the answers are
/// those of `evaluate`, all of them. Safe for any number of threads.
class VerdictMap {
 public:
  /// `terms` and what they refer to must outlive the map.
  explicit VerdictMap(const Terms& terms, double accuracy_limit_m = 25);
  ~VerdictMap();
  VerdictMap(const VerdictMap&) = delete;
  VerdictMap& operator=(const VerdictMap&) = delete;

  /// `out` has a column for each program, with a row for each position.
  void evaluate(const Positions& positions, std::span<const std::span<policy::Verdict>> out) const;

  /// Memory of the tiles that are divided, bytes.
  [[nodiscard]] std::size_t size_bytes() const;

 private:
  static constexpr std::uint32_t columns = 256;
  static constexpr std::uint32_t rows = 128;
  static constexpr std::uint32_t cells = 128;  ///< of a tile, in each direction
  using Tile = std::array<VerdictCode, std::size_t{cells} * cells>;

  struct Place {
    std::uint32_t tile;
    std::uint32_t cell;
  };
  static Place place_of(double lon_deg, double lat_deg);

  void divide_where_many(const Positions& positions) const;
  void divide(std::uint32_t tile) const;
  [[nodiscard]] VerdictCode code_at(Place place) const;
  void evaluate_each(const Positions& positions, std::span<const std::uint32_t> which,
                     std::span<const std::span<policy::Verdict>> out) const;

  Terms terms_;
  double accuracy_limit_m_;
  mutable std::mutex dividing_;
  mutable VerdictCells cells_;      ///< guarded by `dividing_`, but for the verdicts of codes already given out
  std::vector<VerdictCode> whole_;  ///< by tile, from south-west along rows
  mutable std::vector<std::atomic<const Tile*>> divided_;
};

}  // namespace kordon::scoring
