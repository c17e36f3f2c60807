#pragma once

#include <cstdint>
#include <expected>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "batch/columns/number_column.hpp"
#include "evaluation/error.hpp"
#include "evaluation/member.hpp"
#include "policy/instant.hpp"
#include "world/world.hpp"

namespace kordon::batch::columns {

/// Stands for a time that a row lacks, and for one that could not be read: both are errors of their row.
inline constexpr std::int64_t no_time = std::numeric_limits<std::int64_t>::min();
inline constexpr std::int64_t bad_time = no_time + 1;

/// Positions by column, as a program has them, nothing checked.
struct ColumnsRequest {
  NumberColumn lon_deg;
  NumberColumn lat_deg;
  std::span<const std::string> positions = {};  ///< texts in place of numbers; empty: there are none
  std::optional<NumberColumn> accuracy_m;       ///< where a row has none, the one of `members` holds
  std::span<const std::int64_t>
      at_ms;  ///< since 1970-01-01T00:00:00Z, or `no_time`, `bad_time`; empty: `at` of `members` holds
  evaluation::Members members;  ///< hold for all rows: crs, accuracy_m, at, activity, policy, parameters
  policy::Instant now;
  unsigned threads = 1;

  [[nodiscard]] std::size_t rows() const { return positions.empty() ? lon_deg.size() : positions.size(); }
};

inline constexpr std::uint8_t no_verdict = 0xFF;

struct BadPosition {
  std::size_t row = 0;
  evaluation::FieldErrors errors;
};

/// Flat answers of all rows, with the values of `Scores`. A bad row has `no_verdict`, NaN and the empty set of regions.
struct ColumnScores {
  explicit ColumnScores(std::size_t the_rows);

  std::size_t rows;
  std::unique_ptr<std::uint8_t[]> verdict;  ///< policy::Verdict or `no_verdict`
  std::unique_ptr<double[]> margin_m;
  std::unique_ptr<double[]> distance_m;
  std::unique_ptr<double[]> nearest_lon_deg;  ///< NaN where there is no border section
  std::unique_ptr<double[]> nearest_lat_deg;
  std::unique_ptr<std::uint32_t[]> regions;  ///< index in region_sets
  std::vector<std::string> region_sets;      ///< `UA;UA-63`, ascending
  std::vector<BadPosition> bad;              ///< ascending
};

/// Scores columns. Errors: those of the members, columns of different lengths. A bad row is no error of the whole.
std::expected<ColumnScores, evaluation::FieldErrors> score_columns(const world::World& world,
                                                                   const ColumnsRequest& request);

}  // namespace kordon::batch::columns
