#include "batch/batch_stream.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <tuple>

#include "batch/batch_worker.hpp"
#include "batch/record_splitter.hpp"

namespace kordon::batch {
namespace {

using Done = std::expected<void, evaluation::FieldErrors>;

// Large pieces are taken in parts, so that what is held stays small.
constexpr std::size_t part_bytes = 64U << 10U;
constexpr std::size_t small_head_bytes = 4U << 10U;
constexpr std::size_t turn_head_bytes = 16U << 10U;    // a longer head is not read within a turn
constexpr std::size_t turn_block_bytes = 128U << 10U;  // rows of a longer block are not, for some of them are long
constexpr std::size_t first_step_rows = 64;
constexpr std::size_t least_step_rows = 32;  // fewer cost more for the step than for themselves, on a slow machine

class Stream final : public BatchStream {
 public:
  Stream(const world::World& world, BatchOptions options, std::size_t max_rows)
      : world_(world),
        options_(std::move(options)),
        max_rows_(max_rows),
        rows_a_step_(std::min(first_step_rows, options_.limits.rows_at_once)) {}

  Done feed(std::string_view piece, std::string& out) override {
    const auto before = out.size();
    while (!piece.empty() && !has_more() && out.size() - before < options_.limits.bytes_at_once) {
      const auto part = piece.substr(0, part_bytes);
      if (auto done = feed_part(part, out); !done) return done;
      piece.remove_prefix(part.size());
    }
    later_ = piece;
    return {};
  }

  [[nodiscard]] bool has_more() const override { return opens_later_ || at_ < block_.size() || !later_.empty(); }

  Done proceed(std::string& out) override {
    if (std::exchange(opens_later_, false)) {
      if (auto opened = open(out); !opened || has_more()) return opened;
    } else if (at_ < block_.size()) {
      if (auto done = answer_for(options_.limits.at_once, false, out); !done || at_ < block_.size()) return done;
    }
    if (!later_.empty()) {
      if (auto done = feed(std::exchange(later_, {}), out); !done || has_more()) return done;
    }
    return finishing_ ? end(out) : Done();
  }

  Done finish(std::string& out) override {
    finishing_ = true;
    if (!worker_ && !opens_later_) {
      if (auto opened = open_or_put_off(out); !opened) return opened;
    }
    return has_more() ? Done() : end(out);
  }

  [[nodiscard]] StreamTotals totals() const override { return totals_; }
  [[nodiscard]] std::vector<std::string> notices() const override {
    return plan_ ? plan_->notices : std::vector<std::string>();
  }
  [[nodiscard]] std::vector<std::pair<std::string_view, std::string>> columns() const override {
    std::vector<std::pair<std::string_view, std::string>> taken;
    if (!plan_ || options_.from != Format::csv) return taken;
    const auto& [names, place] = std::tie(plan_->csv.names, plan_->csv.place);
    for (const auto& [option, column] : {std::pair(std::string_view("lon"), place.lon),
                                         {"lat", place.lat},
                                         {"position", place.position},
                                         {"accuracy", place.accuracy_m},
                                         {"at", place.at},
                                         {"at_time", place.at_time}}) {
      if (column != no_column) taken.emplace_back(option, names[column]);
    }
    return taken;
  }

 private:
  Done feed_part(std::string_view part, std::string& out) {
    if (worker_) return take(part, out);
    head_ += part;
    if (head_.size() < look_again_bytes_) return {};
    look_again_bytes_ = head_.size() < small_head_bytes ? 0 : head_.size() + head_.size() / 4;
    return is_head_enough(options_, head_) ? open_or_put_off(out) : Done();
  }

  /// Opening a reference system takes longer than a turn, and so does reading a header of very many names.
  Done open_or_put_off(std::string& out) {
    opens_later_ = options_.limits.apart && (head_.size() > turn_head_bytes || may_open_system(options_, head_));
    return opens_later_ ? Done() : open(out);
  }

  Done open(std::string& out) {
    auto plan = open_plan(world_, options_, head_);
    if (!plan) return std::unexpected(std::move(plan.error()));
    plan_ = std::make_unique<const Plan>(std::move(*plan));
    splitter_ = make_record_splitter(*plan_);
    worker_ = std::make_unique<BatchWorker>(*plan_);
    worker_->writer().begin(out);
    const std::string head = std::exchange(head_, {});
    return take(std::string_view(head).substr(plan_->head_bytes), out);
  }

  Done take(std::string_view piece, std::string& out) {
    at_ = 0;
    if (auto taken = splitter_->take(piece, block_); !taken) return taken;
    return answer_for(options_.limits.a_turn, options_.limits.apart, out);
  }

  /// The last row, which may have had no end, and what stands behind all.
  Done end(std::string& out) {
    if (!std::exchange(ended_, true)) {
      at_ = 0;
      if (auto last = splitter_->finish(block_); !last) return last;
      if (auto done = answer_for(options_.limits.a_turn, options_.limits.apart, out); !done || has_more()) return done;
    }
    if (totals_.rows == 0 && !is_array(options_.from)) return std::unexpected(evaluation::FieldErrors{no_rows(*plan_)});
    worker_->writer().end(worker_->counts(), splitter_->tail(), out);
    return {};
  }

  /// Rows until so much time is used, or enough is answered, or one for another step is next.
  Done answer_for(std::chrono::nanoseconds most, bool apart, std::string& out) {
    const auto& limits = options_.limits;
    if (apart && block_.size() > turn_block_bytes) return {};
    const auto before = out.size();
    const auto begin = tracks::thread_time();
    std::chrono::nanoseconds used{0};
    while (at_ < block_.size() && used < most && out.size() - before < limits.bytes_at_once) {
      if (limits.abandoned && limits.abandoned->load(std::memory_order_relaxed)) return abandoned();
      const auto left = most == tracks::Effort::no_limit ? most : most - used;
      if (auto done = answer({apart, is_used_up(used), rows_a_step_, left}, out); !done) return done;
      if (worker_->chunk().rows() == 0) break;
      const auto now = tracks::thread_time() - begin;
      fit_next_step(now - std::exchange(used, now), most);
    }
    used_ += used;
    return {};
  }

  /// Of the time that the body may take.
  [[nodiscard]] bool is_used_up(std::chrono::nanoseconds of_this_step) const {
    const auto& limits = options_.limits;
    if (limits.of_all == tracks::Effort::no_limit) return false;
    return used_ + of_this_step > limits.of_all + static_cast<std::int64_t>(totals_.rows) * limits.of_row;
  }

  /// Rows far from every line take a thousand times as long as others: each step ends soon after its time.
  void fit_next_step(std::chrono::nanoseconds took, std::chrono::nanoseconds most) {
    if (took > most / 2) {
      rows_a_step_ = std::max(worker_->chunk().rows() / 2, least_step_rows);
    } else if (worker_->chunk().rows() == rows_a_step_ && took < most / 8) {
      rows_a_step_ = std::min(2 * rows_a_step_, options_.limits.rows_at_once);
    }
  }

  static Done abandoned() {
    return std::unexpected(
        evaluation::FieldErrors{{"body", evaluation::Code::request_timeout, "no one waits for the answer any more"}});
  }

  Done answer(const Step& step, std::string& out) {
    const std::size_t begin = out.size();
    if (begun_) out += worker_->writer().between();
    const std::size_t behind = out.size();
    at_ = worker_->answer_from(block_, at_, step, out);
    totals_.rows += worker_->chunk().rows();
    totals_.rows_in_error += worker_->chunk().bad.size();
    totals_.cost += worker_->chunk().rows() + worker_->chunk().extent_places / places_of_a_row;
    if (out.size() == behind) out.resize(begin);
    begun_ = begun_ || out.size() > behind;
    if (max_rows_ == 0 || totals_.rows <= max_rows_) return {};
    return std::unexpected(evaluation::FieldErrors{
        {"body", evaluation::Code::too_many_items, fmt::format("expected at most {} rows", max_rows_)}});
  }

  const world::World& world_;
  BatchOptions options_;
  std::size_t max_rows_;
  std::string head_;
  std::size_t look_again_bytes_ = 0;  ///< of a large head, which is not to be read anew with each byte of it
  std::unique_ptr<const Plan> plan_;
  std::unique_ptr<RecordSplitter> splitter_;
  std::unique_ptr<BatchWorker> worker_;
  std::string block_;
  std::size_t at_ = 0;        ///< of the block, from where on rows are not answered
  std::string later_;         ///< of a piece, what comes behind the block
  bool opens_later_ = false;  ///< the head is there, and opening is for `proceed`
  std::size_t rows_a_step_;
  std::chrono::nanoseconds used_{0};  ///< for all rows so far
  bool finishing_ = false;
  bool ended_ = false;  ///< the last row was taken
  bool begun_ = false;  ///< a row was answered
  StreamTotals totals_;
};

}  // namespace

Done feed_wholly(BatchStream& stream, std::string_view piece, std::string& out) {
  auto done = stream.feed(piece, out);
  while (done && stream.has_more()) done = stream.proceed(out);
  return done;
}

Done finish_wholly(BatchStream& stream, std::string& out) {
  auto done = stream.finish(out);
  while (done && stream.has_more()) done = stream.proceed(out);
  return done;
}

std::unique_ptr<BatchStream> make_batch_stream(const world::World& world, BatchOptions options, std::size_t max_rows) {
  return std::make_unique<Stream>(world, std::move(options), max_rows);
}

}  // namespace kordon::batch
