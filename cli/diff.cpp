#include "cli/diff.hpp"

#include <fmt/format.h>

#include <iostream>

#include "batch/record_splitter.hpp"
#include "batch/verdict_changes.hpp"
#include "cli/commands.hpp"
#include "cli/interrupt.hpp"
#include "cli/sentence.hpp"
#include "cli/sink.hpp"
#include "cli/source.hpp"

namespace kordon::cli {
namespace {

using Done = std::expected<void, std::string>;

std::expected<std::unique_ptr<const batch::Plan>, std::string> open_side(const world::World& world,
                                                                         const batch::BatchOptions& batch,
                                                                         std::string_view head, const char* name) {
  auto options = batch;
  options.extents = false;  // a row has one verdict to compare
  auto plan = batch::open_plan(world, std::move(options), head);
  if (!plan) return std::unexpected(fmt::format("{}: {}", name, sentence(plan.error())));
  if (world.policies.empty())
    return std::unexpected(fmt::format("{}: no policy is loaded, so nothing to compare", name));
  return std::make_unique<const batch::Plan>(std::move(*plan));
}

/// Both sides and what lies between the source and the sink.
class Comparison {
 public:
  Comparison(const world::World& before, const world::World& after, const DiffOptions& options, Source& source,
             Sink& sink)
      : worlds_{before, after}, options_(options), source_(source), sink_(sink) {}

  std::expected<batch::VerdictChangeCounts, std::string> run() {
    std::string head;
    if (auto done = read_head(head); !done) return std::unexpected(done.error());
    auto before = open_side(worlds_.before, options_.before.batch, head, "before");
    auto after = open_side(worlds_.after, options_.after.batch, head, "after");
    if (!before || !after) return std::unexpected((before ? after : before).error());
    batch::VerdictChangeFinder finder(**before, **after);
    const auto splitter = batch::make_record_splitter(**before);
    std::string out;
    finder.begin(out);
    if (auto done = compare_all(finder, *splitter, head.substr((*before)->head_bytes), out); !done) {
      return std::unexpected(done.error());
    }
    return finder.counts();
  }

 private:
  Done read_head(std::string& head) {
    while (!batch::is_head_enough(options_.before.batch, head)) {
      if (auto read = source_.read(piece_); !read) return read;
      if (piece_.empty()) break;
      head += piece_;
    }
    return {};
  }

  Done compare_all(batch::VerdictChangeFinder& finder, batch::RecordSplitter& splitter, std::string piece,
                   std::string& out) {
    std::string block;
    bool ended = false;
    while (true) {
      if (interrupted()) return std::unexpected("interrupted");
      const auto taken = ended ? splitter.finish(block) : splitter.take(piece, block);
      if (!taken) return std::unexpected(sentence(taken.error()));
      finder.compare(block, out);
      if (auto written = sink_.write(out); !written) return written;
      if (ended) return {};
      out.clear();
      if (auto read = source_.read(piece); !read) return read;
      ended = piece.empty();
    }
  }

  struct {
    const world::World& before;
    const world::World& after;
  } worlds_;
  const DiffOptions& options_;
  Source& source_;
  Sink& sink_;
  std::string piece_;
};

void print(const batch::VerdictChangeCounts& counts) {
  std::cerr << fmt::format("{} of {} rows flip\n", counts.flips(), counts.rows);
  for (std::size_t from = 0; from < batch::outcome_count; ++from) {
    for (std::size_t to = 0; to < batch::outcome_count; ++to) {
      const auto count = counts.from_to[from][to];
      if (count == 0) continue;
      std::cerr << fmt::format("{:>12}  {} {} {}\n", count, batch::outcome_name(from), from == to ? "stay" : "->",
                               from == to ? "" : batch::outcome_name(to));
    }
  }
}

int refuse(const std::string& fault) {
  std::cerr << fault << '\n';
  return exit_bad;
}

}  // namespace

int diff(const DiffOptions& options) {
  const auto before = world::load_world(options.before.config, world::Parts::answers);
  if (!before) print_faults(before.error());
  const auto after = world::load_world(options.after.config, world::Parts::answers);
  if (!after) print_faults(after.error());
  if (!before || !after) return exit_bad;
  note_interrupts();
  auto source = open_file(options.in);
  if (!source) return refuse(source.error());
  auto sink = create_file(options.out);
  if (!sink) return refuse(sink.error());
  const auto counts = Comparison(**before, **after, options, **source, **sink).run();
  if (!counts) return refuse(counts.error());
  if (auto done = (*sink)->commit(); !done) return refuse(done.error());
  print(*counts);
  return exit_good;
}

}  // namespace kordon::cli
