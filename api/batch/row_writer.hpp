#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "api/batch/chunk.hpp"
#include "api/batch/plan.hpp"
#include "api/batch/score.hpp"
#include "api/batch/tally.hpp"

namespace kordon::api {

/// Writes answered rows. One for each thread: it keeps its buffers.
class RowWriter {
 public:
  RowWriter() = default;
  RowWriter(const RowWriter&) = delete;
  RowWriter& operator=(const RowWriter&) = delete;
  virtual ~RowWriter() = default;

  /// What stands before the first row, between blocks of rows, and behind the last one.
  virtual void begin(std::string& out) = 0;
  [[nodiscard]] virtual std::string_view between() const { return {}; }
  virtual void end(const Tally&, std::string_view /*tail*/, std::string& /*out*/) {}

  virtual void write(const Chunk& chunk, const Scores& scores, std::string& out) = 0;

  /// Values that had no place in the answer so far.
  [[nodiscard]] std::uint64_t without_column() const { return without_column_; }

 protected:
  std::uint64_t without_column_ = 0;
};

std::unique_ptr<RowWriter> make_csv_writer(const Plan& plan);
std::unique_ptr<RowWriter> make_flat_writer(const Plan& plan);
std::unique_ptr<RowWriter> make_full_writer(const Plan& plan);

/// For what this plan answers.
std::unique_ptr<RowWriter> make_writer(const Plan& plan);

/// Calls `answered(row, i)` with the row's place among the asked ones, or `refused(row, bad)`, for each row in turn.
template <typename Answered, typename Refused>
void for_each_row(const Chunk& chunk, Answered&& answered, Refused&& refused) {
  std::size_t asked = 0;
  std::size_t bad = 0;
  for (std::uint32_t row = 0; row < chunk.rows(); ++row) {
    if (asked < chunk.asked.size() && chunk.asked[asked] == row) {
      answered(row, asked++);
    } else {
      refused(row, chunk.bad[bad++]);
    }
  }
}

/// The cells of a row.
inline std::span<const Cell> cells_of(const Chunk& chunk, std::uint32_t row) {
  const std::uint32_t begin = row == 0 ? 0 : chunk.cell_ends[row - 1];
  return {chunk.cells.data() + begin, chunk.cells.data() + chunk.cell_ends[row]};
}

}  // namespace kordon::api
