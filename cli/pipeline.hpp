#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <optional>
#include <string>

#include "batch/batch_plan.hpp"
#include "batch/counts.hpp"
#include "cli/sink.hpp"
#include "cli/source.hpp"

namespace kordon::cli {

struct Progress {
  std::uint64_t rows = 0;
  std::uint64_t rows_in_error = 0;
  std::optional<double> share;  ///< of the input
};

struct PipelineOptions {
  unsigned threads = 1;
  bool strict = false;
  std::function<void(const Progress&)> report;  ///< after each block, by one thread at a time; may be empty
  std::function<bool()> stopped;                ///< asked before each block
};

/// Reads, answers in `threads` threads and writes in order, holding one block for each thread. The sink is not
/// committed. The error is one sentence; empty if it was stopped.
std::expected<batch::Counts, std::string> run_pipeline(const world::World& world, const batch::BatchOptions& batch,
                                                       Source& source, Sink& sink, const PipelineOptions& options);

}  // namespace kordon::cli
