#pragma once

#include <memory>
#include <string>

#include "batch/batch_plan.hpp"
#include "batch/chunk.hpp"
#include "batch/counts.hpp"
#include "batch/row_reader.hpp"
#include "batch/row_writer.hpp"
#include "batch/score.hpp"

namespace kordon::batch {

/// Answers blocks of a batch: reads, evaluates, writes. One for each thread.
class BatchWorker {
 public:
  explicit BatchWorker(const Plan& plan);

  /// Appends the answers to all rows of a block; see RowReader::read. `drain` may take some away already, and knows the
  /// chunk.
  void answer(std::string& block, std::string& out, const Drain& drain = [](std::string&) {});
  /// To rows from a byte on; returns where to go on, see RowReader::read_from.
  std::size_t answer_from(
      std::string& block, std::size_t from, const Step& step, std::string& out,
      const Drain& drain = [](std::string&) {});

  /// The rows of the last block.
  [[nodiscard]] const Chunk& chunk() const { return chunk_; }

  /// Counts of all blocks so far.
  [[nodiscard]] Counts counts() const;

  RowWriter& writer() { return *writer_; }

 private:
  const Plan& plan_;
  std::unique_ptr<RowReader> reader_;
  std::unique_ptr<RowWriter> writer_;
  Chunk chunk_;
  Scores scores_;
  Counts counts_;
};

}  // namespace kordon::batch
