#include "cli/watch.hpp"

#include <fmt/format.h>

#include <iostream>
#include <unordered_map>

#include "batch/fixes.hpp"
#include "batch/geometries/cloud_event.hpp"
#include "batch/geometries/extent_queries.hpp"
#include "batch/record_splitter.hpp"
#include "cli/commands.hpp"
#include "cli/interrupt.hpp"
#include "cli/sentence.hpp"
#include "cli/sink.hpp"
#include "cli/source.hpp"
#include "evaluation/notices.hpp"

namespace kordon::cli {
namespace {

using Done = std::expected<void, std::string>;
using evaluation::Code;

constexpr std::size_t piece_bytes = 64U << 10U;

struct Totals {
  std::uint64_t rows = 0;
  std::uint64_t refused = 0;
  std::uint64_t events = 0;
};

/// All objects, and the stream of their fixes.
class Watcher {
 public:
  Watcher(const world::World& world, const WatchOptions& options, std::span<const tracks::Period> periods)
      : world_(world), options_(options), question_(periods.front().question), watch_(periods, options.rules) {}

  Done run(Source& source, Sink& sink) {
    const auto batch = batch::options_of_fixes(options_.batch);
    std::string head;
    if (auto done = read_head(batch, source, head); !done) return done;
    const auto plan = batch::open_plan(world_, batch, head);
    if (!plan) return std::unexpected(sentence(plan.error()));
    const auto splitter = batch::make_record_splitter(*plan);
    batch::FixReader reader(*plan);
    std::string block;
    std::string out;
    std::string piece = head.substr(plan->head_bytes);
    for (bool ended = false; !ended;) {
      ended = piece.empty() && head_taken_;
      const auto cut = ended ? splitter->finish(block) : splitter->take(piece, block);
      if (!cut) return std::unexpected(sentence(cut.error()));
      head_taken_ = true;
      reader.read(block, [&](batch::FixRow& row) { take(row, out); });
      if (auto written = sink.write(out); !written) return written;
      out.clear();
      if (ended) break;
      if (auto read = source.read(piece); !read) return read;
      if (interrupted()) return std::unexpected("");
    }
    return {};
  }

  [[nodiscard]] const Totals& totals() const { return totals_; }
  [[nodiscard]] std::size_t objects() const { return objects_.size(); }

 private:
  static Done read_head(const batch::BatchOptions& batch, Source& source, std::string& head) {
    std::string piece;
    while (!batch::is_head_enough(batch, head)) {
      if (auto read = source.read(piece); !read) return read;
      if (interrupted()) return std::unexpected("");
      if (piece.empty()) return {};
      head += piece;
    }
    return {};
  }

  void take(batch::FixRow& row, std::string& out) {
    ++totals_.rows;
    if (row.errors.empty()) add(row, out);
    if (row.errors.empty()) return;
    ++totals_.refused;
    batch::append_error_event(out, row);
  }

  void add(batch::FixRow& row, std::string& out) {
    const auto known = objects_.find(row.object);
    if (known == objects_.end() && objects_.size() == options_.most_objects) {
      row.errors.push_back(
          {"id", Code::too_many_items,
           fmt::format("more objects than {}; allow more with --most-objects", options_.most_objects)});
      return;
    }
    auto& object = known == objects_.end() ? objects_[row.object] : known->second;
    events_.clear();
    if (!watch_.add(object, row.fix, events_)) {
      row.errors.push_back(
          {"at", Code::bad_time,
           "its time lies before that of the object's last fix, or it lies half a turn from it: it was "
           "left out; put fixes in order"});
      return;
    }
    for (const auto& event : events_) {
      batch::append_cloud_event(out, world_, question_, row.object, ++object.told, event);
    }
    totals_.events += events_.size();
  }

  const world::World& world_;
  const WatchOptions& options_;
  const tracks::Question& question_;
  tracks::Watch watch_;
  std::unordered_map<std::string, tracks::WatchedObject> objects_;
  std::vector<tracks::WatchEvent> events_;
  Totals totals_;
  bool head_taken_ = false;
};

int refuse(const std::string& fault) {
  constexpr int exit_interrupted = 130;
  std::cerr << (fault.empty() ? "interrupted" : fault) << '\n';
  return fault.empty() ? exit_interrupted : exit_bad;
}

void print_summary(const WatchOptions& options, const Watcher& watcher, const evaluation::CompiledQuery& query) {
  if (options.quiet) return;
  const auto& [rows, refused, events] = watcher.totals();
  std::cerr << fmt::format("{} fixes of {} objects, {} refused; {} events\n", rows, watcher.objects(), refused, events);
  for (const auto& notice : evaluation::notices_of(query)) std::cerr << "note: " << notice << '\n';
}

}  // namespace

int watch(const WatchOptions& options) {
  const auto world = world::load_world(options.config, world::Parts::answers);
  if (!world) {
    print_faults(world.error());
    return exit_bad;
  }
  note_interrupts();
  const auto queries = batch::compile_for_all_times(**world, options.batch.shared, options.batch.now);
  if (!queries) return refuse(sentence(queries.error()));
  const auto periods = batch::periods_of(**world, *queries);
  auto source = open_file(options.in, piece_bytes);
  if (!source) return refuse(source.error());
  auto sink = create_file(options.out);
  if (!sink) return refuse(sink.error());
  Watcher watcher(**world, options, periods);
  if (auto done = watcher.run(**source, **sink); !done) return refuse(done.error());
  if (auto done = (*sink)->commit(); !done) return refuse(done.error());
  print_summary(options, watcher, queries->back());
  return watcher.totals().rows > watcher.totals().refused ? exit_good : exit_nothing;
}

}  // namespace kordon::cli
