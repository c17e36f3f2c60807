#include <algorithm>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "batch/csv_scan.hpp"
#include "batch/disarm.hpp"
#include "batch/flat_answer.hpp"
#include "batch/row_writer.hpp"
#include "text/json_string.hpp"

namespace kordon::batch {
namespace {

/// The answer's column names; one that the rows have already gets a number.
void append_names(std::string& out, const std::vector<std::string>& names, char delimiter) {
  const std::unordered_set<std::string_view> taken(names.begin(), names.end());
  for (const auto name : answer_names) {
    std::string free(name);
    for (int i = 2; taken.contains(free); ++i) free = std::string(name) + "_" + std::to_string(i);
    (out += delimiter) += free;
  }
}

/// Calls `append_row(row, bad, append_answer)` for each row; `bad` is null for a valid one. The reader refuses lines
/// and areas where CSV is written.
template <typename AppendRow>
void write_csv_rows(const Chunk& chunk, const Part& part, const Scores& scores, const CsvAnswer& answer,
                    std::string& out, const Drain& drain, AppendRow&& append_row) {
  write_rows(
      chunk, part, out, drain,
      [&](std::uint32_t row, std::size_t i) {
        append_row(row, static_cast<const BadRow*>(nullptr), [&] { answer.append(out, scores, i - scores.first); });
      },
      [](std::uint32_t, const ExtentAnswer&) {},
      [&](std::uint32_t row, const BadRow& bad) { append_row(row, &bad, [&] { answer.append(out, bad.errors); }); });
}

/// Rows of CSV, byte for byte, with the answer at their ends.
class PassingWriter final : public RowWriter {
 public:
  explicit PassingWriter(const Plan& plan)
      : header_(plan.csv), answer_(plan.world, plan.csv.delimiter, plan.csv.decimal_comma) {}

  void begin(std::string& out) override {
    out += header_.text;
    append_names(out, header_.names, header_.delimiter);
    out += header_.line_end;
  }

  void write(const Chunk& chunk, const Part& part, const Scores& scores, std::string& out,
             const Drain& drain) override {
    write_csv_rows(chunk, part, scores, answer_, out, drain,
                   [&](std::uint32_t row, const BadRow* bad, auto&& append_answer) {
                     out += chunk.texts[row];
                     if (bad != nullptr) out.append(bad->cells_missing, header_.delimiter);
                     append_answer();
                     out += line_end(chunk.texts[row]);
                   });
  }

 private:
  /// The row's own, which follows it in the block; the last row of a file may have none.
  [[nodiscard]] std::string_view line_end(std::string_view text) const {
    const char* const end = text.data() + text.size();
    if (header_.line_feed == '\r') return header_.line_end;
    if (*end == '\n') return "\n";
    return *end == '\r' ? "\r\n" : std::string_view(header_.line_end);
  }

  const CsvHeader& header_;
  CsvAnswer answer_;
};

/// CSV out of rows that are JSON, or CSV with another delimiter.
class MakingWriter final : public RowWriter {
 public:
  explicit MakingWriter(const Plan& plan)
      : columns_(plan.options.from == Format::csv ? plan.csv.names : plan.columns),
        delimiter_(plan.options.out_delimiter.value_or(',')),
        answer_(plan.world, delimiter_, plan.csv.decimal_comma) {
    for (std::size_t i = 0; i < columns_.size(); ++i) by_name_.try_emplace(columns_[i], i);
  }

  void begin(std::string& out) override {
    std::string names;
    for (const auto& column : columns_) {
      if (!names.empty()) names += delimiter_;
      append_csv_cell(names, column, delimiter_);
    }
    append_names(names, columns_, delimiter_);
    out += columns_.empty() ? std::string_view(names).substr(1) : std::string_view(names);
    out += '\n';
  }

  void write(const Chunk& chunk, const Part& part, const Scores& scores, std::string& out,
             const Drain& drain) override {
    write_csv_rows(chunk, part, scores, answer_, out, drain,
                   [&](std::uint32_t row, const BadRow*, auto&& append_answer) {
                     const std::size_t begin = out.size();
                     append_cells(out, cells_of(chunk, row));
                     append_answer();
                     end_row(out, begin);
                   });
  }

 private:
  /// Without columns of its own a row begins with the answer, not with a comma.
  void end_row(std::string& out, std::size_t begin) const {
    if (columns_.empty()) out.erase(begin, 1);
    out += '\n';
  }

  void append_cells(std::string& out, std::span<const Cell> cells) {
    chosen_.assign(columns_.size(), nullptr);
    std::size_t used = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const auto column = column_of(cells[i].name, i);
      if (!column || chosen_[*column]) continue;
      chosen_[*column] = &cells[i];
      ++used;
    }
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (i > 0) out += delimiter_;
      if (chosen_[i]) append_value(out, *chosen_[i]);
    }
    without_column_ += cells.size() - used;
  }

  /// Most rows have their members in the order of the columns.
  [[nodiscard]] std::optional<std::size_t> column_of(std::string_view name, std::size_t likely) const {
    if (likely < columns_.size() && columns_[likely] == name) return likely;
    const auto found = name.contains('\\') ? by_name_.find(text::unescaped(name)) : by_name_.find(std::string(name));
    return found == by_name_.end() ? std::nullopt : std::optional(found->second);
  }

  void append_value(std::string& out, const Cell& cell) {
    if (!cell.is_json) return append_csv_cell(out, csv_value(cell.text, buffer_), delimiter_);
    if (cell.text == "null") return;
    if (!cell.text.starts_with('"')) return append_csv_cell(out, cell.text, delimiter_);
    const auto inside = cell.text.substr(1, cell.text.size() - 2);
    append_csv_cell(out, inside.contains('\\') ? text::unescaped(inside) : std::string(inside), delimiter_);
  }

  const std::vector<std::string>& columns_;
  std::unordered_map<std::string, std::size_t> by_name_;
  std::vector<const Cell*> chosen_;  ///< of a row, for each column
  char delimiter_;
  CsvAnswer answer_;
  std::string buffer_;
};

}  // namespace

std::unique_ptr<RowWriter> make_csv_writer(const Plan& plan) {
  std::unique_ptr<RowWriter> writer;
  const bool passes = !plan.changes_delimiter() && plan.options.from == Format::csv;
  if (passes) {
    writer = std::make_unique<PassingWriter>(plan);
  } else {
    writer = std::make_unique<MakingWriter>(plan);
  }
  if (!plan.options.disarm_formulas) return writer;
  return make_disarmed(std::move(writer), passes ? plan.csv.delimiter : plan.options.out_delimiter.value_or(','));
}

}  // namespace kordon::batch
