#include "batch/record_splitter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "batch/geojson_crs.hpp"
#include "evaluation/json_body.hpp"

namespace kordon::batch {
namespace {

class SeparatorSplitter final : public RecordSplitter {
 public:
  /// A row ends behind a line end, or before the next record separator.
  explicit SeparatorSplitter(char separator) : separator_(separator) {}

 private:
  std::size_t cut(std::string& text, std::size_t from) override {
    const auto last = text.rfind(separator_);
    if (last == text.npos || last < from) return 0;
    return separator_ == '\n' ? last + 1 : last;
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
    const auto last = text.rfind(line_feed_);
    return last == text.npos || last < from ? 0 : last + 1;
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

class ArraySplitter final : public RecordSplitter {
 public:
  explicit ArraySplitter(const Plan& plan) : plan_(plan) {}

  std::expected<void, evaluation::FieldErrors> finish(std::string& block) override {
    if (auto last = RecordSplitter::finish(block); !last) return last;
    if (!ended_ || tail_.size() > max_tail_bytes || !evaluation::is_json(plan_.wrapper + tail_)) {
      return std::unexpected(evaluation::FieldErrors{
          {"body", evaluation::Code::bad_json, "not valid JSON around or after the last item"}});
    }
    if (const auto crs = plan_.options.from == Format::geojson ? other_crs_beside_features("{\"features\":[" + tail_)
                                                               : std::nullopt) {
      return std::unexpected(evaluation::FieldErrors{crs_error(*crs)});
    }
    if (plan_.options.from != Format::json || plan_.options.whole_body || !tail_.ends_with('}')) return {};
    const auto behind = evaluation::read_json_members("{\"items\":[" + tail_);
    if (behind && behind->empty()) return {};
    return std::unexpected(
        evaluation::FieldErrors{{"body", evaluation::Code::conflict, "shared members must stand before `items`"}});
  }

  [[nodiscard]] std::string_view tail() const override { return tail_; }

 private:
  static constexpr std::size_t max_tail_bytes = 1U << 20U;

  std::size_t cut(std::string& text, std::size_t from) override {
    if (ended_) return keep_tail(text, from);
    std::size_t whole = 0;
    for (std::size_t i = from; i < text.size(); ++i) {
      const char c = text[i];
      if (in_string_) {
        in_string_ = escaped_ || c != '"';
        escaped_ = !escaped_ && c == '\\';
        continue;
      }
      in_string_ = c == '"';
      if (c == '[' || c == '{') ++depth_;
      if (c == ']' && depth_ == 0) {
        ended_ = true;
        keep_tail(text, i);
        return text.size();
      }
      if (c == ']' || c == '}') --depth_;
      if (c == ',' && depth_ == 0) {
        text[i] = record_separator;
        whole = i + 1;
      }
    }
    return whole;
  }

  std::size_t keep_tail(std::string& text, std::size_t from) {
    if (tail_.size() <= max_tail_bytes) tail_ += std::string_view(text).substr(from);
    text.resize(from);
    return from;
  }

  const Plan& plan_;
  std::size_t depth_ = 0;
  bool in_string_ = false;
  bool escaped_ = false;
  bool ended_ = false;
  std::string tail_;
};

}  // namespace

std::expected<void, evaluation::FieldErrors> RecordSplitter::take(std::string_view piece, std::string& block) {
  const std::size_t from = left_.size();
  block.swap(left_);
  block += piece;
  const std::size_t whole = cut(block, from);
  left_.assign(block, whole);
  block.resize(whole);
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
  if (!plan.wrapper.empty()) return std::make_unique<ArraySplitter>(plan);
  return std::make_unique<SeparatorSplitter>(plan.record_separators ? record_separator : '\n');
}

std::size_t find_array_end(std::string_view text, std::size_t from) {
  std::size_t depth = 0;
  for (std::size_t i = text.find_first_of("\"[]{}", from); i < text.size(); i = text.find_first_of("\"[]{}", i + 1)) {
    const char c = text[i];
    if (c == '"') {
      for (++i; i < text.size() && text[i] != '"'; ++i) i += text[i] == '\\' ? 1 : 0;
    } else if (c == '[' || c == '{') {
      ++depth;
    } else if (depth > 0) {
      --depth;
    } else {
      return c == ']' ? i : text.npos;
    }
  }
  return text.npos;
}

ArrayStart find_array(std::string_view text, std::string_view key) {
  using State = ArrayStart::State;
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == text.npos) return {State::more, 0};
  if (text[first] == '[') return {State::found, first + 1};
  if (text[first] != '{') return {State::none, 0};
  std::size_t depth = 0;
  std::string_view last_string;
  bool is_key = false;
  for (std::size_t i = first; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"') {
      const std::size_t begin = ++i;
      while (i < text.size() && text[i] != '"') i += text[i] == '\\' ? 2 : 1;
      if (i >= text.size()) return {State::more, 0};
      last_string = text.substr(begin, i - begin);
      continue;
    }
    if (c == ':') is_key = depth == 1 && last_string == key;
    if (c == ',') is_key = false;
    if (c == '[' && is_key && depth == 1) return {State::found, i + 1};
    if (c == '[' || c == '{') ++depth;
    if (c == ']' || c == '}') --depth;
    if (depth == 0) return {State::none, 0};
  }
  return {State::more, 0};
}

}  // namespace kordon::batch
