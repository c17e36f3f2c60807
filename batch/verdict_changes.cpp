#include "batch/verdict_changes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "batch/csv_scan.hpp"
#include "batch/flat_answer.hpp"
#include "batch/record_splitter.hpp"
#include "evaluation/evaluation.hpp"
#include "policy/explain.hpp"
#include "text/json_writer.hpp"
#include "text/number_text.hpp"

namespace kordon::batch {
namespace {

constexpr std::uint8_t in_error = 4;
constexpr std::array<std::string_view, 6> columns{"verdict_before", "because_before", "margin_before_m",
                                                  "verdict_after",  "because_after",  "margin_after_m"};

std::string reason(const policy::Because& because) {
  return because.rule.empty() ? because.text : because.rule + ": " + because.text;
}

void append_number(std::string& out, double value) {
  if (std::isfinite(value)) text::append_fixed(out, value, text::metre_decimals);
}

}  // namespace

std::string_view outcome_name(std::size_t outcome) {
  return outcome == in_error ? "error" : policy::name_of(static_cast<policy::Verdict>(outcome));
}

std::uint64_t VerdictChangeCounts::flips() const {
  std::uint64_t count = 0;
  for (std::size_t from = 0; from < outcome_count; ++from) {
    for (std::size_t to = 0; to < outcome_count; ++to) count += from == to ? 0 : from_to[from][to];
  }
  return count;
}

VerdictChangeFinder::VerdictChangeFinder(const Plan& before, const Plan& after) : before_(before), after_(after) {}

void VerdictChangeFinder::View::look(std::string& block) {
  reader->read(block, chunk);
  outcomes.assign(chunk.rows(), in_error);
  number.assign(chunk.rows(), 0);
  margin_m.assign(chunk.rows(), NAN);
  score(plan.world, chunk.places.columns(), chunk.queries, scores, [this] {
    for (std::size_t i = 0; i < scores.size(); ++i) {
      const auto place = static_cast<std::uint32_t>(scores.first + i);
      const auto row = chunk.valid[place];
      outcomes[row] = static_cast<std::uint8_t>(scores.verdict[i]);
      number[row] = place;
      margin_m[row] = scores.margin_m[i];
    }
  });
}

std::string VerdictChangeFinder::View::because(std::uint32_t row) const {
  if (outcomes[row] == in_error) {
    const auto bad = std::ranges::find(chunk.bad, row, &BadRow::row);
    return fmt::format("{}: {}", evaluation::row_of(bad->errors[0].code).name, bad->errors[0].message);
  }
  const auto i = number[row];
  const auto position = chunk.places.position(i);
  evaluation::Evaluation evaluation;
  evaluation::evaluate(plan.world, *chunk.queries[i], position, evaluation);
  return reason(evaluation.because.front());
}

void VerdictChangeFinder::begin(std::string& out) const {
  const auto& csv = before_.plan.csv;
  if (before_.plan.options.from != Format::csv) return;
  out += csv.text;
  for (const auto column : columns) (out += csv.delimiter) += column;
  out += csv.line_end;
}

void VerdictChangeFinder::compare(std::string& block, std::string& out) {
  before_.look(block);
  after_.look(block);
  counts_.rows += before_.outcomes.size();
  for (std::uint32_t row = 0; row < before_.outcomes.size(); ++row) {
    const auto from = before_.outcomes[row];
    const auto to = after_.outcomes[row];
    ++counts_.from_to[from][to];
    if (from != to) write(row, out);
  }
}

void VerdictChangeFinder::write(std::uint32_t row, std::string& out) const {
  const auto text = before_.chunk.texts[row];
  if (before_.plan.options.from == Format::csv) {
    const char delimiter = before_.plan.csv.delimiter;
    out += text;
    for (const View* view : {&before_, &after_}) {
      (out += delimiter) += outcome_name(view->outcomes[row]);
      append_csv_cell(out += delimiter, view->because(row), delimiter);
      out += delimiter;
      append_number(out, view->margin_m[row]);
    }
    out += before_.plan.csv.line_end;
    return;
  }
  std::string members;
  for (const View* view : {&before_, &after_}) {
    const std::string when = view == &before_ ? "before" : "after";
    if (view == &after_) members += ',';
    text::JsonWriter writer(members);
    writer.key("verdict_" + when).text(outcome_name(view->outcomes[row]));
    writer.key("because_" + when).text(view->because(row));
    writer.key("margin_" + when + "_m").fixed(view->margin_m[row], text::metre_decimals);
  }
  const auto splice = before_.chunk.splices[row];
  if (before_.plan.record_separators) out += record_separator;
  out += text.substr(0, splice.at);
  ((out += splice.comma ? "," : "") += members) += text.substr(splice.at);
  out += '\n';
}

}  // namespace kordon::batch
