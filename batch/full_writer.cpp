#include <algorithm>
#include <optional>

#include "batch/flat_answer.hpp"
#include "batch/geometries/extent_json.hpp"
#include "batch/row_writer.hpp"
#include "evaluation/error_json.hpp"
#include "evaluation/evaluation.hpp"
#include "evaluation/evaluation_json.hpp"

namespace kordon::batch {
namespace {

bool is_own(const Cell& cell) {
  return cell.role == Role::other || cell.role == Role::answer || cell.role == Role::x || cell.role == Role::y;
}

/// Whole evaluations, as the answer to a JSON batch has them. What the row had besides goes under `properties`.
class FullWriter final : public RowWriter {
 public:
  explicit FullWriter(const Plan& plan) : plan_(plan) {}

  void begin(std::string& out) override {
    if (plan_.options.to == Format::json) out += "{\"items\":[\n";
  }

  [[nodiscard]] std::string_view between() const override { return plan_.options.to == Format::json ? ",\n" : ""; }

  void end(const Counts& counts, std::string_view, std::string& out) override {
    if (plan_.options.to != Format::json) return;
    out += "\n],";
    text::JsonWriter writer(out);
    writer.key("summary").begin_object();
    writer.key("items").integer(static_cast<std::int64_t>(counts.rows));
    writer.key("errors").integer(static_cast<std::int64_t>(counts.rows_in_error)).end_object();
    evaluation::write_provenance(writer, plan_.world);
    out += "}\n";
  }

  void write(const Chunk& chunk, const Part& part, const Scores&, std::string& out, const Drain& drain) override {
    prepared_of_ = nullptr;
    std::size_t told = 0;
    write_rows(
        chunk, part, out, drain,
        [&](std::uint32_t row, std::size_t i) {
          auto writer = begin_row(chunk, row, out);
          evaluation::Place place{chunk.places.position(i), {}};
          while (told < chunk.read_as.size() && chunk.read_as[told].first < row) ++told;
          if (told < chunk.read_as.size() && chunk.read_as[told].first == row)
            place.read_as = chunk.read_as[told].second;
          const auto& prepared = prepared_for(*chunk.queries[i]);
          evaluation::evaluate(plan_.world, prepared.query, place.position, evaluation_);
          evaluation::write_evaluation(writer, prepared, prepared.query.at, place, evaluation_);
          end_row(writer, out);
        },
        [&](std::uint32_t row, const ExtentAnswer& answer) {
          auto writer = begin_row(chunk, row, out);
          write_extent(writer, plan_.world, answer);
          end_row(writer, out);
        },
        [&](std::uint32_t row, const BadRow& bad) {
          auto writer = begin_row(chunk, row, out);
          evaluation::write_item_error(writer, bad.errors);
          end_row(writer, out);
        });
  }

 private:
  /// Rows that follow each other mostly share their query.
  const evaluation::PreparedQuery& prepared_for(const evaluation::CompiledQuery& query) {
    if (prepared_of_ != &query) prepared_.emplace(plan_.world, query);
    prepared_of_ = &query;
    return *prepared_;
  }

  text::JsonWriter begin_row(const Chunk& chunk, std::uint32_t row, std::string& out) {
    if (row > 0) out += between();
    out += '{';
    const auto cells = cells_of(chunk, row);
    const auto id = std::ranges::find(cells, Role::id, &Cell::role);
    if (id != cells.end()) {
      out += "\"id\":";
      append_json_value(out, *id, buffer_);
      out += ',';
    }
    if (std::ranges::any_of(cells, is_own)) append_properties(cells, out);
    return text::JsonWriter(out);
  }

  void append_properties(std::span<const Cell> cells, std::string& out) {
    out += "\"properties\":{";
    bool comma = false;
    for (const Cell& cell : cells) {
      if (!is_own(cell)) continue;
      if (comma) out += ',';
      comma = true;
      append_json_member(out, cell, buffer_);
    }
    out += "},";
  }

  void end_row(text::JsonWriter&, std::string& out) const { out += plan_.options.to == Format::json ? "}" : "}\n"; }

  const Plan& plan_;
  const evaluation::CompiledQuery* prepared_of_ = nullptr;  ///< of the chunk in hand
  std::optional<evaluation::PreparedQuery> prepared_;
  evaluation::Evaluation evaluation_;
  std::string buffer_;
};

}  // namespace

std::unique_ptr<RowWriter> make_full_writer(const Plan& plan) { return std::make_unique<FullWriter>(plan); }

}  // namespace kordon::batch
