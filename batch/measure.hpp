#pragma once

#include <span>
#include <vector>

#include "geo/bulk_query/workspace.hpp"
#include "geo/index.hpp"
#include "policy/evaluate_columns.hpp"

/// Measuring many positions against targets, by column, and the full evaluation of them under some programs. The flat
/// one is `score`.
namespace kordon::batch {

/// Checked positions (see geo::Position), viewed as columns of equal length; no accuracies: all are 0.
struct Positions {
  std::span<const double> lon_deg;
  std::span<const double> lat_deg;
  std::span<const double> accuracy_m = {};

  [[nodiscard]] std::size_t size() const { return lon_deg.size(); }
};

/// The index and programs that positions are evaluated under. The spans must outlive what is made with it.
struct BulkQuery {
  const geo::Index& index;
  std::size_t regions;                 ///< targets below this are regions
  std::span<const double> accuracy_m;  ///< 95 % positional error of each target's line
  std::span<const policy::Program> programs;
};

/// Distances for the full evaluation: of all targets, with nearest points, a row for each position; buffers that are
/// reused.
struct Distances {
  std::vector<std::vector<double>> signed_m;      ///< by geo::Target: Standing::margin_m()
  std::vector<std::vector<geo::LonLat>> nearest;  ///< by border section: Standing::nearest
  geo::Workspace workspace;
};

/// Distances for flat answers: of the targets that programs read, with the regions that hold a position and the nearest
/// border section.
struct NearDistances {
  std::vector<std::vector<double>> signed_m;      ///< by geo::Target; empty: not measured
  std::vector<std::vector<geo::Target>> regions;  ///< by coverage: Standing::region
  std::vector<double> border_m;                   ///< minus the distance to the nearest border section
  std::vector<geo::LonLat> border_nearest;
  geo::Workspace workspace;

  /// Infinite where there is no border section.
  [[nodiscard]] double border_distance_m(std::size_t row) const { return -border_m[row]; }
};

/// Rows whose distances stay in the processor's cache until they are taken.
inline constexpr std::size_t block_rows = 2048;

/// Measures blocks of `block_rows` positions: `out` has the rows that are to be taken, from its first on. `targets` are
/// ascending.
void measure(const geo::Index& index, std::span<const geo::Target> targets, const Positions& positions,
             NearDistances& out, const geo::TakeBlock& take);

/// Measures all positions at once.
void measure(const geo::Index& index, std::span<const geo::Target> targets, const Positions& positions,
             NearDistances& out);

/// Outcomes of all programs, a row for each position; buffers that are reused.
struct Evaluations : Distances {
  struct Outcomes {
    std::vector<policy::Verdict> verdict;
    std::vector<double> margin_m, margin_lo_m, margin_hi_m;
    std::vector<std::uint32_t> clause;
  };

  std::vector<Outcomes> outcomes;  ///< by program
};

/// Rows of measured columns as policy::evaluate takes them: `count` from `first` on. Empty columns stay empty.
policy::MeasuredColumns measured_rows(std::span<const std::vector<double>> signed_m,
                                      std::span<const double> line_accuracy_m,
                                      std::span<const double> position_accuracy_m, std::size_t first,
                                      std::size_t count);

/// The full evaluation: all regions' margins, all border sections' distances and nearest points, all programs'
/// verdicts, margins, ranges and deciding clauses. The same as geo::Index::locate and policy::evaluate of each, to the
/// last bit.
void evaluate(const BulkQuery& query, const Positions& positions, Evaluations& out);

}  // namespace kordon::batch
