#include "cli/fix_lines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <unordered_map>

#include "batch/fixes.hpp"
#include "batch/record_splitter.hpp"
#include "cli/interrupt.hpp"
#include "cli/sentence.hpp"
#include "policy/instant.hpp"
#include "text/json_writer.hpp"
#include "text/number_text.hpp"

namespace kordon::cli {
namespace {

using Done = std::expected<void, std::string>;

/// So many rows that are no fixes are told one by one.
constexpr std::uint64_t most_told = 20;

class FixLines final : public Source {
 public:
  FixLines(const world::World& world, const batch::BatchOptions& batch, std::unique_ptr<Source> rows)
      : world_(world), batch_(batch::options_of_fixes(batch)), rows_(std::move(rows)) {}

  Done read(std::string& piece) override {
    piece.clear();
    if (!grouped_) {
      if (auto done = group(); !done) return done;
      grouped_ = true;
    }
    if (next_ == lines_.size()) return {};
    auto line = std::move(lines_[next_++]);
    append(line, piece);
    if (piece.size() <= batch::max_row_bytes) return {};
    return std::unexpected(fmt::format("`{}` has {} fixes, more than a line may have; cut it, or ask `kordon watch`",
                                       line.object, line.fixes.size()));
  }

  [[nodiscard]] std::optional<double> share_read() const override {
    return grouped_ ? std::nullopt : rows_->share_read();
  }

 private:
  struct Line {
    std::string object;
    std::vector<tracks::Fix> fixes;
  };

  Done group() {
    std::string head;
    std::string piece;
    while (!batch::is_head_enough(batch_, head)) {
      if (auto read = rows_->read(piece); !read) return read;
      if (piece.empty()) break;
      head += piece;
    }
    const auto plan = batch::open_plan(world_, batch_, head);
    if (!plan) return std::unexpected(sentence(plan.error()));
    const auto splitter = batch::make_record_splitter(*plan);
    batch::FixReader reader(*plan);
    std::string block;
    piece = head.substr(plan->head_bytes);
    for (bool first = true; first || !piece.empty(); first = false) {
      if (const auto cut = splitter->take(piece, block); !cut) return std::unexpected(sentence(cut.error()));
      reader.read(block, [&](batch::FixRow& row) { take(row); });
      if (auto read = rows_->read(piece); !read || interrupted()) return read;
    }
    if (const auto cut = splitter->finish(block); !cut) return std::unexpected(sentence(cut.error()));
    reader.read(block, [&](batch::FixRow& row) { take(row); });
    if (refused_ > 0) std::cerr << fmt::format("look: {} rows are no fixes and were left out\n", refused_);
    order_by_time();
    return {};
  }

  /// Rows of one time stay in their order.
  void order_by_time() {
    std::size_t unordered = 0;
    for (auto& line : lines_) {
      if (std::ranges::is_sorted(line.fixes, {}, &tracks::Fix::time_ms)) continue;
      std::ranges::stable_sort(line.fixes, {}, &tracks::Fix::time_ms);
      ++unordered;
    }
    if (unordered == 0) return;
    std::cerr << fmt::format("look: the rows of {} of {} ids were not in order of time, and are put in it\n", unordered,
                             lines_.size());
  }

  void take(const batch::FixRow& row) {
    if (!row.errors.empty()) {
      if (++refused_ <= most_told) std::cerr << fmt::format("look: row {}: {}\n", row.row, sentence(row.errors));
      return;
    }
    const auto [known, is_new] = by_object_.try_emplace(row.object, lines_.size());
    if (is_new) lines_.push_back({row.object, {}});
    lines_[known->second].fixes.push_back(row.fix);
  }

  static void append(const Line& line, std::string& out) {
    text::JsonWriter writer(out);
    writer.begin_object().key("type").text("Feature").key("id").text(line.object).key("geometry").begin_object();
    writer.key("type").text("LineString").key("coordinates").begin_array();
    for (const auto& fix : line.fixes) {
      writer.begin_array().number(fix.place.lon_deg).number(fix.place.lat_deg).end_array();
    }
    writer.end_array().end_object().key("properties").begin_object().key("coordTimes").begin_array();
    for (const auto& fix : line.fixes) {
      writer.text(policy::to_text(policy::Instant(std::chrono::milliseconds(std::llround(fix.time_ms)))));
    }
    writer.end_array().key("accuracies_m").begin_array();
    for (const auto& fix : line.fixes) writer.number(fix.accuracy_m);
    writer.end_array().end_object().end_object();
    out += '\n';
  }

  const world::World& world_;
  batch::BatchOptions batch_;
  std::unique_ptr<Source> rows_;
  std::vector<Line> lines_;
  std::unordered_map<std::string, std::size_t> by_object_;
  std::size_t next_ = 0;
  std::uint64_t refused_ = 0;
  bool grouped_ = false;
};

}  // namespace

std::unique_ptr<Source> make_fix_lines(const world::World& world, const batch::BatchOptions& batch,
                                       std::unique_ptr<Source> rows) {
  return std::make_unique<FixLines>(world, batch, std::move(rows));
}

}  // namespace kordon::cli
