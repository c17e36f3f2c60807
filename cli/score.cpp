#include "cli/score.hpp"

#include <malloc.h>

#include <algorithm>
#include <chrono>
#include <iostream>
#include <limits>

#include "cli/commands.hpp"
#include "cli/fix_lines.hpp"
#include "cli/gzip_sink.hpp"
#include "cli/gzip_source.hpp"
#include "cli/interrupt.hpp"
#include "cli/memory_bound.hpp"
#include "cli/pipeline.hpp"
#include "cli/summary.hpp"
#include "cli/vector_file.hpp"
#include "config/processors.hpp"
#include "evaluation/notices.hpp"

namespace kordon::cli {
namespace {

constexpr int exit_interrupted = 130;

using Clock = std::chrono::steady_clock;

int refuse(const std::string& fault) {
  std::cerr << (fault.empty() ? "interrupted" : fault) << '\n';
  return fault.empty() ? exit_interrupted : exit_bad;
}

void print_summary(const world::World& world, const batch::Counts& counts, const std::vector<std::string>& of_source,
                   const ScoreOptions& options, std::chrono::duration<double> took) {
  if (options.quiet) return;
  std::cerr << summary(world, counts, took);
  for (const auto& notice : of_source) std::cerr << "look: " << notice << '\n';
  if (!options.batch.evaluate) {
    std::cerr << "note: nothing was evaluated, the answers mean nothing (--no-evaluate)\n";
    return;
  }
  const auto compiled = evaluation::compile_query(world, options.batch.shared, options.batch.now);
  for (const auto& notice : evaluation::notices_of(*compiled)) std::cerr << "note: " << notice << '\n';
}

unsigned threads_of(const ScoreOptions& options) {
  return options.threads > 0 ? options.threads : config::usable_processors();
}

/// Rows of a piece are evaluated together, and the more there are the less each costs, and the more memory each thread
/// takes: see `bench/README.md`.
std::size_t piece_bytes(const ScoreOptions& options) {
  constexpr std::size_t of_one_thread = 7U << 20U;
  return threads_of(options) == 1 ? of_one_thread : usual_piece_bytes;
}

/// Both ends of a batch.
struct Ends {
  std::unique_ptr<Source> source;
  std::unique_ptr<Sink> sink;
  std::vector<std::string> notices;  ///< of the source
};

bool has_crs(const ScoreOptions& options) {
  return std::ranges::find(options.batch.shared, "crs", &evaluation::Member::key) != options.batch.shared.end();
}

std::expected<Ends, std::string> open_ends(const world::World& world, const ScoreOptions& options) {
  const auto& rules = world.config.data;
  Ends ends;
  std::vector<VectorField> fields;
  if (options.vector_in) {
    bound_memory(options.memory_gb);
    auto source = open_vector(options.in, options.layers, rules);
    if (!source) return std::unexpected(source.error());
    if ((*source)->has_crs() && has_crs(options)) {
      return std::unexpected(options.in + ": states its own reference system; leave out --crs");
    }
    fields = (*source)->fields();
    ends.notices = (*source)->notices();
    ends.source = std::move(*source);
  } else {
    auto source = open_file(options.in, piece_bytes(options));
    if (!source) return std::unexpected(source.error());
    ends.source = unpacked(std::move(*source), options.in, piece_bytes(options));
  }
  if (options.fix_lines) ends.source = make_fix_lines(world, options.batch, std::move(ends.source));
  auto sink = options.vector_out ? create_vector(options.out, std::move(fields)) : create_file(options.out);
  if (!sink) return std::unexpected(sink.error());
  ends.sink = std::string_view(options.out).ends_with(".gz") ? packed(std::move(*sink)) : std::move(*sink);
  return ends;
}

/// What is read where fixes have been made lines.
batch::BatchOptions batch_of_lines(const ScoreOptions& options) {
  auto batch = options.batch;
  if (!options.fix_lines) return batch;
  batch.from = batch::Format::geojsonseq;
  batch.names = {};
  return batch;
}

int score(const world::World& world, const ScoreOptions& options) {
  const auto ends = open_ends(world, options);
  if (!ends) return refuse(ends.error());
  ProgressLine line;
  const auto begun = Clock::now();
  const auto counts = run_pipeline(world, batch_of_lines(options), *ends->source, *ends->sink,
                                   {.threads = threads_of(options),
                                    .strict = options.strict,
                                    .report = [&](const Progress& progress) { line.show(progress); },
                                    .stopped = interrupted});
  line.clear();
  if (!counts) return refuse(counts.error());
  if (counts->rows == 0) {
    std::cerr << options.in << ": " << counts->notices.back() << '\n';
    return exit_nothing;
  }
  if (auto done = ends->sink->commit(); !done) return refuse(done.error());
  print_summary(world, *counts, ends->notices, options, Clock::now() - begun);
  if (counts->rows_in_error < counts->rows) return exit_good;
  std::cerr << options.in << ": every row is in error, such as: " << counts->an_error << '\n';
  return exit_nothing;
}

}  // namespace

/// Columns of megabytes are made for each piece: their memory is used again instead of going to the system and back.
void keep_memory() {
  constexpr int never = std::numeric_limits<int>::max();
  mallopt(M_MMAP_THRESHOLD, 1 << 30U);
  mallopt(M_TRIM_THRESHOLD, never);
}

int score(const ScoreOptions& options) {
  keep_memory();
  const auto world = world::load_world(options.config, world::Parts::answers);
  if (!world) {
    print_faults(world.error());
    return exit_bad;
  }
  note_interrupts();
  return score(**world, options);
}

}  // namespace kordon::cli
