#pragma once

#include <optional>
#include <string_view>

#include "batch/batch_plan.hpp"
#include "batch/chunk.hpp"
#include "evaluation/query_cache.hpp"

namespace kordon::batch {

/// A plain row, as nearly all are: its place is two numbers and a radius.
struct PlainRow {
  std::optional<double> lon_deg;
  std::optional<double> lat_deg;
  std::optional<double> accuracy_m;  ///< nothing: that of the batch
  std::string_view at = {};          ///< empty: that of the batch
  std::string_view own_query = {};   ///< the row's other members of the query as one text, by which its query is found
  bool lacks_time = false;           ///< it has a place for a time, which is empty
};

/// The error of a row of a body that has used its time.
evaluation::FieldError time_is_used(std::string_view where);

/// Validates the last row of a chunk: puts it among the valid rows, which can be evaluated, or among the bad ones.
class RowValidator {
 public:
  explicit RowValidator(const Plan& plan);
  RowValidator(const RowValidator&) = delete;
  RowValidator& operator=(const RowValidator&) = delete;
  ~RowValidator();

  void begin_block() { cache_.trim(); }

  /// False, and nothing done: it is not as plain as it looks; take `add`.
  bool add_plain(const PlainRow& row, Chunk& chunk);

  /// Whether `add` would open a reference system for a row of these members.
  [[nodiscard]] bool would_open_system(const evaluation::Members& own) const;

  /// Validates a row by all of its members; `errors` are those that its reader found.
  void add(const PlainRow& row, const evaluation::Members& own, evaluation::FieldErrors errors, Chunk& chunk);

  static void add_bad(evaluation::FieldErrors errors, Chunk& chunk, std::uint32_t cells_missing = 0);

 private:
  /// Cache key of a row's query. Where answers state the time, or it is odd, it has the time's text instead of its
  /// span.
  struct Key {
    std::string_view text;
    std::size_t span;
  };
  [[nodiscard]] std::optional<policy::Instant> moment_of(std::string_view at) const;
  Key key_of(const PlainRow& row);
  const evaluation::CompiledQuery* known_query(const PlainRow& row);
  std::expected<const evaluation::CompiledQuery*, evaluation::FieldErrors> query_of(const PlainRow& row,
                                                                                    const evaluation::Members& all);

  const Plan& plan_;
  evaluation::QueryCache cache_;
  geo::CrsPlaces systems_;
  std::string key_;  ///< of the row in hand
};

}  // namespace kordon::batch
