#include "cli/pipeline.hpp"

#include <fmt/format.h>

#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "batch/batch_worker.hpp"
#include "batch/record_splitter.hpp"
#include "cli/sentence.hpp"

namespace kordon::cli {
namespace {

using Done = std::expected<void, std::string>;

constexpr std::size_t most_waiting_bytes = 32U << 20U;  // of a block whose turn it is not yet

class Pipeline {
 public:
  Pipeline(const world::World& world, const batch::BatchOptions& batch, Source& source, Sink& sink,
           const PipelineOptions& options)
      : world_(world), batch_(batch), source_(source), sink_(sink), options_(options) {}

  std::expected<batch::Counts, std::string> run() {
    if (auto opened = open(); !opened) return std::unexpected(opened.error());
    {
      std::vector<std::jthread> others;
      for (unsigned i = 1; i < options_.threads; ++i) others.emplace_back([this] { work_or_note(); });
      work_or_note();
    }
    if (thrown_) std::rethrow_exception(thrown_);
    if (failed_) return std::unexpected(error_);
    return close();
  }

 private:
  Done open() {
    std::string piece;
    std::string head;
    while (!batch::is_head_enough(batch_, head)) {
      if (auto read = source_.read(piece); !read) return read;
      if (options_.stopped()) return std::unexpected("");
      if (piece.empty()) break;
      head += piece;
    }
    auto plan = batch::open_plan(world_, batch_, head);
    if (!plan) return std::unexpected(sentence(plan.error()));
    plan_ = std::make_unique<const batch::Plan>(std::move(*plan));
    splitter_ = batch::make_record_splitter(*plan_);
    piece_ = head.substr(plan_->head_bytes);
    std::string out;
    batch::BatchWorker(*plan_).writer().begin(out);
    return sink_.write(out);
  }

  std::expected<batch::Counts, std::string> close() {
    std::string out;
    batch::BatchWorker(*plan_).writer().end(counts_, splitter_->tail(), out);
    if (auto written = sink_.write(out); !written) return std::unexpected(written.error());
    if (counts_.rows == 0) counts_.notices.push_back(batch::no_rows(*plan_).message);
    counts_.notices.insert(counts_.notices.begin(), plan_->notices.begin(), plan_->notices.end());
    return counts_;
  }

  void work_or_note() {
    try {
      work();
    } catch (...) {
      const std::scoped_lock lock(input_, output_);
      thrown_ = std::current_exception();
      failed_ = ended_ = true;
    }
    next_out_changed_.notify_all();
  }

  void work() {
    batch::BatchWorker worker(*plan_);
    std::string block;
    std::string out;
    while (const auto ticket = next_block(block)) {
      out.clear();
      worker.answer(block, out, [&](std::string& written) { drain(*ticket, worker, written); });
      if (!finish(*ticket, worker, out)) break;
    }
    const std::scoped_lock lock(output_);
    counts_.add(worker.counts());
  }

  /// Reads a block and its ticket, its number in the file; nothing at the end.
  std::optional<std::uint64_t> next_block(std::string& block) {
    const std::scoped_lock lock(input_);
    block.clear();
    while (block.empty() && !ended_) {
      if (options_.stopped()) return fail("");
      if (piece_.empty()) {
        if (auto read = source_.read(piece_); !read) return fail(read.error());
      }
      ended_ = piece_.empty();
      if (ended_ && options_.stopped()) return fail("");
      const auto taken = ended_ ? splitter_->finish(block) : splitter_->take(piece_, block);
      if (!taken) return fail(sentence(taken.error()));
      piece_.clear();
    }
    return block.empty() ? std::nullopt : std::optional(next_in_++);
  }

  std::nullopt_t fail(const std::string& error) {
    ended_ = true;
    const std::scoped_lock lock(output_);
    note(error);
    return std::nullopt;
  }

  void note(const std::string& error) {
    if (!failed_) error_ = error;
    failed_ = true;
    next_out_changed_.notify_all();
  }

  /// Ordered output: writes what there is of a block that is the next one, unless the block is to be refused. Of short
  /// rows that become long ones there may be very much: it waits for its turn then.
  void drain(std::uint64_t ticket, batch::BatchWorker& worker, std::string& out) {
    if (options_.strict && !worker.chunk().bad.empty()) return out.clear();
    {
      std::unique_lock lock(output_);
      if (out.size() > most_waiting_bytes) {
        next_out_changed_.wait(lock, [&] { return next_out_ == ticket || failed_; });
      }
      if (failed_) return out.clear();
      if (next_out_ != ticket) return;
    }
    if (auto written = write(worker, out); !written) {
      const std::scoped_lock lock(output_);
      note(written.error());
    }
    out.clear();
  }

  /// Called by the thread that has the next block.
  Done write(batch::BatchWorker& worker, const std::string& out) {
    if (out.empty()) return {};
    Done written;
    if (begins_block_ && begun_) written = sink_.write(worker.writer().between());
    if (written) written = sink_.write(out);
    begun_ = true;
    begins_block_ = false;
    return written;
  }

  bool finish(std::uint64_t ticket, batch::BatchWorker& worker, const std::string& out) {
    std::unique_lock lock(output_);
    next_out_changed_.wait(lock, [&] { return next_out_ == ticket || failed_; });
    if (failed_) return false;
    const auto& chunk = worker.chunk();
    if (options_.strict && !chunk.bad.empty()) {
      const auto& bad = chunk.bad.front();
      note(fmt::format("row {}: {}", progress_.rows + bad.row + 1, sentence(bad.errors)));
      return false;
    }
    lock.unlock();  // the others go on meanwhile
    const auto written = write(worker, out);
    lock.lock();
    if (!written) {
      note(written.error());
      return false;
    }
    begins_block_ = true;
    progress_.rows += chunk.rows();
    progress_.rows_in_error += chunk.bad.size();
    progress_.share = source_.share_read();
    if (options_.report) options_.report(progress_);
    ++next_out_;
    lock.unlock();
    next_out_changed_.notify_all();
    return true;
  }

  const world::World& world_;
  const batch::BatchOptions& batch_;
  Source& source_;
  Sink& sink_;
  const PipelineOptions& options_;
  std::unique_ptr<const batch::Plan> plan_;

  std::mutex input_;  ///< of the next members; taken before `output_`
  std::unique_ptr<batch::RecordSplitter> splitter_;
  std::string piece_;
  std::uint64_t next_in_ = 0;  ///< ticket of the next block that is read
  bool ended_ = false;

  std::mutex output_;  ///< of the next members
  std::condition_variable next_out_changed_;
  std::uint64_t next_out_ = 0;  ///< ticket of the next block that is written
  bool begun_ = false;  ///< something was written; this and the next are used by the thread that has the next block
  bool begins_block_ = true;  ///< nothing of the next block was written
  bool failed_ = false;
  std::string error_;
  std::exception_ptr thrown_;
  Progress progress_;
  batch::Counts counts_;
};

}  // namespace

std::expected<batch::Counts, std::string> run_pipeline(const world::World& world, const batch::BatchOptions& batch,
                                                       Source& source, Sink& sink, const PipelineOptions& options) {
  return Pipeline(world, batch, source, sink, options).run();
}

}  // namespace kordon::cli
