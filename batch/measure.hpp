#pragma once

#include <span>
#include <vector>

#include "geo/bulk_query/workspace.hpp"
#include "geo/index.hpp"
#include "policy/evaluate_columns.hpp"

/// Many positions under some programs, by column.
namespace kordon::batch {

/// Checked positions (see geo::Position) as columns of equal length; no accuracies: all are 0.
struct Positions {
  std::span<const double> lon_deg;
  std::span<const double> lat_deg;
  std::span<const double> accuracy_m = {};

  [[nodiscard]] std::size_t size() const { return lon_deg.size(); }
};

/// What the positions are held against. The spans must outlive what is made with it.
struct BulkQuery {
  const geo::Index& index;
  std::size_t regions;                 ///< targets below this are regions
  std::span<const double> accuracy_m;  ///< 95 % positional error of each target's line
  std::span<const policy::Program> programs;
};

/// Where positions stand, with a row for each; room that can be used again.
struct Distances {
  std::vector<std::vector<double>> signed_m;      ///< by geo::Target: Standing::margin_m()
  std::vector<std::vector<geo::LonLat>> nearest;  ///< by border section: Standing::nearest
  geo::Workspace workspace;
};

/// What a flat answer needs of the same: only the targets that programs read, and what is nearest.
struct NearDistances {
  std::vector<std::vector<double>> signed_m;      ///< by geo::Target; empty: not asked for
  std::vector<std::vector<geo::Target>> regions;  ///< by coverage: Standing::region
  std::vector<double> border_m;                   ///< minus the distance to the nearest border section
  std::vector<geo::LonLat> border_nearest;
  geo::Workspace workspace;
};

/// Rows whose distances stay in the processor's cache until they are taken.
inline constexpr std::size_t block_rows = 2048;

/// In blocks of `block_rows`: `out` has the rows that are to be taken, from its first on. `targets` are ascending.
void measure(const geo::Index& index, std::span<const geo::Target> targets, const Positions& positions,
             NearDistances& out, const geo::TakeBlock& take);

/// The same of all rows.
void measure(const geo::Index& index, std::span<const geo::Target> targets, const Positions& positions,
             NearDistances& out);

/// Answers with a row for each position; room that can be used again.
struct Evaluations : Distances {
  struct Outcomes {
    std::vector<policy::Verdict> verdict;
    std::vector<double> margin_m, margin_lo_m, margin_hi_m;
    std::vector<std::uint32_t> clause;
  };

  std::vector<Outcomes> outcomes;  ///< by program
};

/// The full evaluation: all regions' margins, all border sections' distances and nearest points, all programs'
/// verdicts, margins, ranges and deciding clauses. The same as geo::Index::locate and policy::evaluate of each, to the
/// last bit.
void evaluate(const BulkQuery& query, const Positions& positions, Evaluations& out);

}  // namespace kordon::batch
