#pragma once

#include <cstdint>
#include <expected>
#include <limits>
#include <vector>

#include "evaluation/evaluate_request.hpp"

namespace kordon::batch::columns {

/// Stands for a time that a row does not state.
inline constexpr std::int64_t no_time = std::numeric_limits<std::int64_t>::min();

/// CompiledQuery for any time, compiled once for each of the times between which nothing in a policy begins or ends.
class QueryByTime {
 public:
  /// `members` are those of all rows; their `at` holds where a row states no time.
  static std::expected<QueryByTime, evaluation::FieldErrors> read(const world::World& world,
                                                                  const evaluation::Members& members,
                                                                  policy::Instant now);

  /// Of a time in milliseconds since 1970-01-01T00:00:00Z, or `no_time`. Only verdicts and margins are right: `at`
  /// and warnings may be those of another time.
  [[nodiscard]] const evaluation::CompiledQuery& at(std::int64_t time_ms) const;

  /// Of rows that state no time.
  [[nodiscard]] const evaluation::CompiledQuery& shared() const { return shared_; }

 private:
  evaluation::CompiledQuery shared_;
  std::vector<std::int64_t> change_times_ms_;
  std::vector<evaluation::CompiledQuery> terms_;  ///< before the first turn, at it, after it, at the second, ...
};

}  // namespace kordon::batch::columns
