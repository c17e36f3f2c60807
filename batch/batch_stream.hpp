#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "batch/batch_plan.hpp"

namespace kordon::batch {

/// Places along a line, or in an area, that are measured in the time of one far position.
inline constexpr std::uint64_t places_of_a_row = 64;

/// Totals of a batch so far.
struct StreamTotals {
  std::uint64_t rows = 0;
  std::uint64_t rows_in_error = 0;
  /// Cost of all rows, in rows: one for each, and one more for each `places_of_a_row` places that were measured of
  /// lines and areas.
  std::uint64_t cost = 0;
};

/// A batch that is read, evaluated and answered in pieces, in order. It holds at most one unfinished row and the
/// piece in hand, however many rows there are. Used by one thread at a time.
class BatchStream {
 public:
  BatchStream() = default;
  BatchStream(const BatchStream&) = delete;
  BatchStream& operator=(const BatchStream&) = delete;
  virtual ~BatchStream() = default;

  /// Takes the next piece of the body, split anywhere, and appends answers to `out`, perhaps none.
  /// WorkLimits leave what takes longer than a turn, or becomes very many bytes, to `proceed`, which must have answered
  /// it before this is called again. After an error the stream is over: where
  /// nothing was answered yet, the error is that of the request; else the answer must end as one that was cut off.
  virtual std::expected<void, evaluation::FieldErrors> feed(std::string_view piece, std::string& out) = 0;

  /// Whether something was taken and not answered.
  [[nodiscard]] virtual bool has_more() const = 0;
  /// Answers some of them, and after `finish` what comes at the end.
  virtual std::expected<void, evaluation::FieldErrors> proceed(std::string& out) = 0;

  /// The body is complete: the rest of the answer, unless there is more. Called once.
  virtual std::expected<void, evaluation::FieldErrors> finish(std::string& out) = 0;

  [[nodiscard]] virtual StreamTotals totals() const = 0;

  /// Notices of columns that look meant and are not used; known before anything is answered.
  [[nodiscard]] virtual std::vector<std::string> notices() const = 0;

  /// The columns of CSV that hold the place, its accuracy and the time, by the option that states them without its
  /// ending `_column`: `lon`, `lat`, `position`, `accuracy`, `at`, `at_time`. Of other formats nothing: their rows need
  /// not be alike. Known before anything is answered.
  [[nodiscard]] virtual std::vector<std::pair<std::string_view, std::string>> columns() const = 0;
};

/// `feed` with all that it leaves to `proceed`; and `finish` so.
std::expected<void, evaluation::FieldErrors> feed_wholly(BatchStream& stream, std::string_view piece, std::string& out);
std::expected<void, evaluation::FieldErrors> finish_wholly(BatchStream& stream, std::string& out);

/// A batch answered as it comes. At most `max_rows` rows; 0: any number.
std::unique_ptr<BatchStream> make_batch_stream(const world::World& world, BatchOptions options, std::size_t max_rows);

}  // namespace kordon::batch
