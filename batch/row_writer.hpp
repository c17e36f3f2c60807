#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "batch/batch_plan.hpp"
#include "batch/chunk.hpp"
#include "batch/counts.hpp"
#include "batch/score.hpp"

namespace kordon::batch {

/// Takes whole rows that are written, and empties `out`, or leaves it to grow.
using Drain = std::function<void(std::string& out)>;

/// Rows of a chunk that follow each other.
struct Part {
  std::uint32_t begin = 0, end = 0;
  std::size_t first_valid = 0;  ///< the number of its first valid row among all valid ones
};

/// Writes answered rows. One for each thread: it keeps its buffers.
class RowWriter {
 public:
  /// `drain` is called whenever so much more is written: it lies in the processor's cache still.
  static constexpr std::size_t drained_bytes = 256U << 10U;

  RowWriter() = default;
  RowWriter(const RowWriter&) = delete;
  RowWriter& operator=(const RowWriter&) = delete;
  virtual ~RowWriter() = default;

  /// Writes the text before the first row; `between` is that between blocks of rows, and `end` writes that behind the
  /// last.
  virtual void begin(std::string& out) = 0;
  [[nodiscard]] virtual std::string_view between() const { return {}; }
  virtual void end(const Counts&, std::string_view /*tail*/, std::string& /*out*/) {}

  /// Writes some rows of a chunk, whose scores are there.
  virtual void write(const Chunk& chunk, const Part& part, const Scores& scores, std::string& out,
                     const Drain& drain) = 0;

  /// Values that had no place in the answer so far.
  [[nodiscard]] std::uint64_t without_column() const { return without_column_; }

 protected:
  std::uint64_t without_column_ = 0;
};

std::unique_ptr<RowWriter> make_csv_writer(const Plan& plan);
std::unique_ptr<RowWriter> make_flat_writer(const Plan& plan);
std::unique_ptr<RowWriter> make_full_writer(const Plan& plan);

/// The writer for the format that this plan answers in.
std::unique_ptr<RowWriter> make_writer(const Plan& plan);

/// Calls `answered(row, i)` with the number of the row among the valid ones, `measured(row, answer)` of a line or an
/// area, or `refused(row, bad)`, for each row in turn, and `drain` between rows.
template <typename Answered, typename Measured, typename Refused>
void write_rows(const Chunk& chunk, const Part& part, std::string& out, const Drain& drain, Answered&& answered,
                Measured&& measured, Refused&& refused) {
  auto [row, end, valid] = part;
  auto extent = std::ranges::lower_bound(chunk.extents, row, {}, &ExtentRow::row);
  auto bad = std::ranges::lower_bound(chunk.bad, row, {}, &BadRow::row);
  std::size_t full = RowWriter::drained_bytes;
  for (; row < end; ++row) {
    if (valid < chunk.valid.size() && chunk.valid[valid] == row) {
      answered(row, valid++);
    } else if (extent != chunk.extents.end() && extent->row == row) {
      measured(row, *extent++->answer);
    } else {
      refused(row, *bad++);
    }
    if (out.size() < full) continue;
    drain(out);
    full = out.size() + RowWriter::drained_bytes;
  }
}

/// The cells of a row.
inline std::span<const Cell> cells_of(const Chunk& chunk, std::uint32_t row) {
  const std::uint32_t begin = row == 0 ? 0 : chunk.cell_ends[row - 1];
  return {chunk.cells.data() + begin, chunk.cells.data() + chunk.cell_ends[row]};
}

}  // namespace kordon::batch
