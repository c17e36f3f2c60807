#pragma once

#include <memory>
#include <string>

#include "batch/batch_plan.hpp"
#include "batch/chunk.hpp"
#include "batch/pace.hpp"

namespace kordon::batch {

/// Reads the rows of a block into columns. One for each thread: it keeps its buffers.
class RowReader {
 public:
  RowReader() = default;
  RowReader(const RowReader&) = delete;
  RowReader& operator=(const RowReader&) = delete;
  virtual ~RowReader() = default;

  /// Fills the chunk with the rows of a block that a RecordSplitter has cut, from byte `from` on; blank lines are none.
  /// Returns where to go on: the block's end, or a row in front of which the step or WorkLimits make it stop. The block
  /// must stay as it is while the chunk is used; it may get more memory behind its end.
  virtual std::size_t read_from(std::string& block, std::size_t from, const Step& step, Chunk& chunk) = 0;

  /// All rows of a block, where there are no limits.
  void read(std::string& block, Chunk& chunk) { read_from(block, 0, {}, chunk); }
};

std::unique_ptr<RowReader> make_csv_reader(const Plan& plan);
std::unique_ptr<RowReader> make_json_reader(const Plan& plan);

/// The reader for the format that this plan reads.
std::unique_ptr<RowReader> make_reader(const Plan& plan);

}  // namespace kordon::batch
