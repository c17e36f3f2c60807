#include <algorithm>

#include "batch/csv_scan.hpp"
#include "batch/flat_answer.hpp"
#include "batch/row_writer.hpp"
#include "text/json_string.hpp"

namespace kordon::batch {
namespace {

/// The answer's column names; one that the rows have already gets a number.
void append_names(std::string& out, const std::vector<std::string>& taken, char delimiter) {
  for (const auto name : answer_names) {
    std::string free(name);
    for (int i = 2; std::ranges::find(taken, free) != taken.end(); ++i)
      free = std::string(name) + "_" + std::to_string(i);
    (out += delimiter) += free;
  }
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
    write_rows(
        chunk, part, out, drain,
        [&](std::uint32_t row, std::size_t i) {
          out += chunk.texts[row];
          answer_.append(out, scores, i - scores.first);
          out += line_end(chunk.texts[row]);
        },
        [](std::uint32_t, const std::string&) {},  // readers refuse lines and areas where CSV is asked for
        [&](std::uint32_t row, const BadRow& bad) {
          out += chunk.texts[row];
          out.append(bad.cells_missing, header_.delimiter);
          answer_.append(out, bad.errors);
          out += line_end(chunk.texts[row]);
        });
  }

 private:
  /// The row's own, which follows it in the block; the last row of a file may have none.
  [[nodiscard]] std::string_view line_end(std::string_view text) const {
    const char* const end = text.data() + text.size();
    if (*end == '\n') return "\n";
    return *end == '\r' ? "\r\n" : std::string_view(header_.line_end);
  }

  const CsvHeader& header_;
  CsvAnswer answer_;
};

/// CSV out of rows that are JSON.
class MakingWriter final : public RowWriter {
 public:
  explicit MakingWriter(const Plan& plan) : columns_(plan.columns), answer_(plan.world, ',', false) {}

  void begin(std::string& out) override {
    std::string names;
    for (const auto& column : columns_) {
      if (!names.empty()) names += ',';
      append_csv_cell(names, column, ',');
    }
    append_names(names, columns_, ',');
    out += columns_.empty() ? std::string_view(names).substr(1) : std::string_view(names);
    out += '\n';
  }

  void write(const Chunk& chunk, const Part& part, const Scores& scores, std::string& out,
             const Drain& drain) override {
    write_rows(
        chunk, part, out, drain,
        [&](std::uint32_t row, std::size_t i) {
          const std::size_t begin = out.size();
          append_cells(out, cells_of(chunk, row));
          answer_.append(out, scores, i - scores.first);
          end_row(out, begin);
        },
        [](std::uint32_t, const std::string&) {},  // readers refuse lines and areas where CSV is asked for
        [&](std::uint32_t row, const BadRow& bad) {
          const std::size_t begin = out.size();
          append_cells(out, cells_of(chunk, row));
          answer_.append(out, bad.errors);
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
    std::size_t used = 0;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (i > 0) out += ',';
      const Cell* cell = find(cells, i);
      if (cell == nullptr) continue;
      ++used;
      append_value(out, cell->text);
    }
    without_column_ += cells.size() - std::min(used, cells.size());
  }

  /// Most rows have their members in the order of the columns.
  [[nodiscard]] const Cell* find(std::span<const Cell> cells, std::size_t column) const {
    const auto is_it = [&](const Cell& cell) {
      return cell.name == columns_[column] ||
             (cell.name.contains('\\') && text::unescaped(cell.name) == columns_[column]);
    };
    if (column < cells.size() && is_it(cells[column])) return &cells[column];
    const auto found = std::ranges::find_if(cells, is_it);
    return found == cells.end() ? nullptr : &*found;
  }

  static void append_value(std::string& out, std::string_view json) {
    if (json == "null") return;
    if (!json.starts_with('"')) return append_csv_cell(out, json, ',');
    const auto inside = json.substr(1, json.size() - 2);
    inside.contains('\\') ? append_csv_cell(out, text::unescaped(inside), ',') : append_csv_cell(out, inside, ',');
  }

  const std::vector<std::string>& columns_;
  CsvAnswer answer_;
};

}  // namespace

std::unique_ptr<RowWriter> make_csv_writer(const Plan& plan) {
  if (plan.options.from == Format::csv) return std::make_unique<PassingWriter>(plan);
  return std::make_unique<MakingWriter>(plan);
}

}  // namespace kordon::batch
