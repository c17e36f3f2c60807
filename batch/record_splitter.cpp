#include "batch/record_splitter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "batch/array_splitter.hpp"

namespace kordon::batch {
namespace {

class SeparatorSplitter final : public RecordSplitter {
 public:
  /// A row ends behind a line end, or before the next record separator.
  explicit SeparatorSplitter(char separator) : separator_(separator) {}

 private:
  std::size_t cut(std::string& text, std::size_t from) override {
    const auto last = std::string_view(text).substr(from).rfind(separator_);
    if (last == text.npos) return 0;
    return separator_ == '\n' ? from + last + 1 : from + last;
  }

  char separator_;
};

class CsvSplitter final : public RecordSplitter {
 public:
  CsvSplitter(char delimiter, char line_feed) : delimiter_(delimiter), line_feed_(line_feed) {}

 private:
  enum class State : std::uint8_t { cell_start, in_cell, in_quotes, after_quote };

  std::size_t cut(std::string& text, std::size_t from) override {
    const bool quoted = state_ == State::in_quotes || state_ == State::after_quote;
    if (!quoted && text.find('"', from) == text.npos) return cut_unquoted(text, from);
    std::size_t whole = 0;
    for (std::size_t i = from; i < text.size(); ++i) {
      state_ = next(text[i]);
      if (text[i] == line_feed_ && state_ == State::cell_start) whole = i + 1;
    }
    return whole;
  }

  std::size_t cut_unquoted(const std::string& text, std::size_t from) {
    if (from == text.size()) return 0;
    state_ = text.back() == delimiter_ || text.back() == line_feed_ ? State::cell_start : State::in_cell;
    const auto last = std::string_view(text).substr(from).rfind(line_feed_);
    return last == text.npos ? 0 : from + last + 1;
  }

  [[nodiscard]] State next(char c) const {
    if (c == '"') {
      if (state_ == State::in_quotes) return State::after_quote;
      return state_ == State::in_cell ? State::in_cell : State::in_quotes;
    }
    if (state_ == State::in_quotes) return State::in_quotes;
    return c == delimiter_ || c == line_feed_ ? State::cell_start : State::in_cell;
  }

  char delimiter_;
  char line_feed_;
  State state_ = State::cell_start;
};

}  // namespace

std::expected<void, evaluation::FieldErrors> RecordSplitter::take(std::string_view piece, std::string& block) {
  const std::size_t from = left_.size();
  left_ += piece;
  const std::size_t whole = cut(left_, from);
  block.clear();
  if (whole > 0) {
    // Only what is behind the last row is copied: an unfinished row is not, however many pieces it comes in.
    block.swap(left_);
    left_.assign(block, whole);
    block.resize(whole);
  }
  if (error_) return std::unexpected(evaluation::FieldErrors{*error_});
  if (left_.size() <= max_row_bytes) return {};
  return std::unexpected(
      evaluation::FieldErrors{{"row", evaluation::Code::row_too_long,
                               fmt::format("a row has more than {} bytes: is a quote not closed?", max_row_bytes)}});
}

std::expected<void, evaluation::FieldErrors> RecordSplitter::finish(std::string& block) {
  block.swap(left_);
  left_.clear();
  return {};
}

std::unique_ptr<RecordSplitter> make_record_splitter(const Plan& plan) {
  if (plan.options.from == Format::csv) return std::make_unique<CsvSplitter>(plan.csv.delimiter, plan.csv.line_feed);
  if (!plan.wrapper.empty()) return make_array_splitter(plan);
  return std::make_unique<SeparatorSplitter>(plan.record_separators ? record_separator : '\n');
}

}  // namespace kordon::batch
