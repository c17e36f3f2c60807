#include "batch/batch_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <unordered_set>
#include <utility>

#include "batch/array_splitter.hpp"
#include "batch/chunk.hpp"
#include "batch/csv_scan.hpp"
#include "batch/first_row.hpp"
#include "batch/geojson_crs.hpp"
#include "batch/record_splitter.hpp"
#include "batch/row_reader.hpp"
#include "evaluation/fields.hpp"
#include "evaluation/json_body.hpp"
#include "evaluation/shared_members.hpp"
#include "evaluation/time_reading.hpp"
#include "geo/atlas/crs_name.hpp"
#include "text/ascii.hpp"
#include "text/json_string.hpp"

namespace kordon::batch {
namespace {

constexpr std::size_t enough_bytes = 64U << 10U;
constexpr std::size_t max_wrapper_bytes = 1U << 20U;

bool has_records(std::string_view head, int count, char delimiter, char line_feed) {
  std::vector<std::string_view> cells;
  for (int records = 0; records < count; ++records) {
    if (head.empty() || take_csv_record(head, delimiter, cells, line_feed).line_end.empty()) return false;
  }
  return true;
}

/// Whether each delimiter that can be meant sees the end of the header, and of a row or enough bytes of it.
bool is_csv_head_enough(const BatchOptions& options, std::string_view head) {
  if (head.size() > max_header_bytes) return true;
  const auto line_feed = find_line_feed(head);
  if (!line_feed) return false;
  const int count = head.size() < enough_bytes ? 2 : 1;
  if (options.delimiter) return has_records(head, count, *options.delimiter, *line_feed);
  return std::ranges::all_of(std::string_view(",;\t|"),
                             [&](char c) { return has_records(head, count, c, *line_feed); });
}

/// Whether a text without an array is the only row itself.
bool is_single(std::string_view text, Format format) {
  const bool object = text.find_first_not_of(" \t\r\n") == text.find('{') && text.contains('{');
  return object && (format == Format::json || text.contains("\"Feature\"")) && evaluation::is_json(text);
}

/// The members beside an array: those before it, and of a whole body, which is valid JSON, those behind it, too.
std::expected<evaluation::Members, evaluation::FieldErrors> read_around(const Plan& plan, std::string_view head) {
  const auto behind = plan.options.whole_body ? head.substr(find_array_end(head, plan.wrapper.size())) : "]}";
  return evaluation::read_json_members(plan.wrapper + std::string(behind));
}

/// Takes shared members that stand beside the array into the options.
std::expected<void, evaluation::FieldErrors> open_array(Plan& plan, std::string_view head) {
  const Format from = plan.options.from;
  if (plan.options.whole_body) {
    if (auto checked = evaluation::check_json(head); !checked) return std::unexpected(std::move(checked.error()));
  }
  const auto start = find_array(head, array_key(from));
  if (start.state != ArrayStart::State::found) {
    plan.record_separators = true;
    if (is_single(head, from)) return {};
    return std::unexpected(evaluation::FieldErrors{
        {"body", evaluation::is_json(head) ? evaluation::Code::wrong_type : evaluation::Code::bad_json,
         from == Format::json ? "expected an array of items, or an object with `items`"
                              : "expected a FeatureCollection with `features`"}});
  }
  plan.wrapper = head.substr(0, start.at);
  plan.head_bytes = start.at;
  plan.record_separators = true;
  if (auto error = wrapper_error(plan.wrapper, from, false)) {
    return std::unexpected(evaluation::FieldErrors{std::move(*error)});
  }
  if (const auto crs = from == Format::geojson ? other_crs_beside_features(plan.wrapper, plan.crs) : std::nullopt) {
    return std::unexpected(evaluation::FieldErrors{crs_error(*crs)});
  }
  if (from != Format::json || plan.wrapper.find('{') == plan.wrapper.npos) return {};
  auto members = read_around(plan, head);
  if (!members) return std::unexpected(std::move(members.error()));
  evaluation::FieldErrors errors;
  for (const auto& member : *members) {
    if (std::ranges::find(plan.options.shared, member.key, &evaluation::Member::key) == plan.options.shared.end())
      continue;
    errors.push_back({member.key, evaluation::Code::conflict,
                      "stated beside `items` and with the request, too: expected one of the two"});
  }
  if (!errors.empty()) return std::unexpected(std::move(errors));
  std::ranges::move(*members, std::back_inserter(plan.options.shared));
  return {};
}

void open_sequence(Plan& plan, std::string_view head) {
  const auto first = head.find_first_not_of(" \t\r\n");
  plan.record_separators = first != head.npos && head[first] == record_separator;
}

/// The names that the rows of the head have, in the order in which they come up; no more than a table may have and one.
std::vector<std::string> names_in(const Plan& plan, std::string_view head) {
  const auto splitter = make_record_splitter(plan);
  const auto reader = make_reader(plan);
  std::vector<std::string> names;
  std::unordered_set<std::string> seen;
  Chunk chunk;
  std::string block;
  std::size_t rows_left = plan.options.whole_body ? head.size() : plan.options.limits.rows_at_once;
  const auto collect = [&] {
    for (std::size_t at = 0; at < block.size() && rows_left > 0 && names.size() <= max_columns;) {
      at = reader->read_from(block, at, {.refuses = true, .most_rows = rows_left}, chunk);
      rows_left -= chunk.rows();
      for (std::size_t i = 0; i < chunk.cells.size() && names.size() <= max_columns; ++i) {
        auto name = text::unescaped(chunk.cells[i].name);
        if (seen.insert(name).second) names.push_back(std::move(name));
      }
    }
  };
  if (splitter->take(head.substr(plan.head_bytes), block)) collect();
  if (names.empty() && splitter->finish(block)) collect();
  return names;
}

void note_shared(Plan& plan) {
  const evaluation::Fields shared(plan.options.shared);
  plan.has_at = shared.find("at") != nullptr;
  const auto* crs = shared.find("crs");
  plan.crs = crs == nullptr ? std::string() : crs_of(crs->value);
}

CsvHeaderRequest header_request(const Plan& plan) {
  return {plan.keys, plan.options.names, plan.options.delimiter, plan.has_crs(), plan.has_at};
}

std::expected<void, evaluation::FieldErrors> read_shared(Plan& plan) {
  auto errors = evaluation::shared_errors(plan.world, plan.options.shared);
  auto query = evaluation::compile_query(plan.world, plan.options.shared, plan.options.now);
  if (!query) std::ranges::move(query.error(), std::back_inserter(errors));
  if (!errors.empty()) return std::unexpected(std::move(errors));
  plan.query = std::move(*query);
  plan.accuracy_m = evaluation::Fields(plan.options.shared).number("accuracy_m").value_or(0);
  plan.times = *evaluation::read_time_reading(plan.options.shared);
  return {};
}

}  // namespace

std::string crs_of(const evaluation::Value& value) {
  std::string text = "?";
  if (const auto* code = std::get_if<std::int64_t>(&value)) text = fmt::format("{}", *code);
  if (const auto* untyped = std::get_if<evaluation::Untyped>(&value)) text = untyped->text;
  if (const auto* string = std::get_if<std::string>(&value)) text = *string;
  const auto name = geo::read_crs_name(text);
  return name ? name->text() : text;
}

bool Plan::changes_delimiter() const {
  return options.from == Format::csv && options.to == Format::csv && options.out_delimiter &&
         *options.out_delimiter != csv.delimiter;
}

std::size_t Plan::bytes_beside_row() const {
  constexpr std::size_t of_evaluation = 2048;
  constexpr std::size_t of_answer = 128;
  return columns.size() + (options.full ? of_evaluation : of_answer);
}

bool Plan::wants_cells() const {
  const bool moved = has_crs() && has_features(options.from) && has_features(options.to);  // GeoJSON is in WGS 84
  return moved || options.full || changes_delimiter() || options.to == Format::json ||
         has_features(options.from) != has_features(options.to) ||
         (options.from == Format::csv) != (options.to == Format::csv);
}

evaluation::FieldError no_rows(const Plan& plan) {
  const bool one_line = plan.options.from == Format::csv && plan.csv.is_one_line;
  return {"body", evaluation::Code::missing,
          one_line ? "has no row: it is one line, taken for the header; were its line ends lost? curl keeps them with "
                     "--data-binary"
                   : "has no row"};
}

bool is_head_enough(const BatchOptions& options, std::string_view head) {
  if (options.whole_body) return false;
  const bool full = head.size() >= enough_bytes;
  if (is_array(options.from)) {
    const bool begun = find_array(head, array_key(options.from)).state == ArrayStart::State::found;
    return begun ? full || options.to != Format::csv : head.size() >= max_wrapper_bytes;
  }
  if (options.from == Format::csv) return is_csv_head_enough(options, head);
  if (full) return true;
  return options.to != Format::csv && head.find_first_not_of(" \t\r\n") != head.npos;
}

bool may_open_system(const BatchOptions& options, std::string_view head) {
  const evaluation::Fields shared(options.shared);
  return shared.find("crs") != nullptr || text::lowered(head).contains("crs");
}

std::expected<Plan, evaluation::FieldErrors> open_plan(const world::World& world, BatchOptions options,
                                                       std::string_view head) {
  RowKeys keys(world, options.names);
  Plan plan{world, std::move(options), std::move(keys)};
  note_shared(plan);
  if (plan.options.from == Format::csv) {
    auto header = read_csv_header(head, header_request(plan));
    if (!header) return std::unexpected(std::move(header.error()));
    plan.csv = std::move(*header);
    plan.notices = std::exchange(plan.csv.place.notices, {});
    plan.head_bytes = plan.csv.bytes;
  } else if (is_array(plan.options.from)) {
    if (auto opened = open_array(plan, head); !opened) return std::unexpected(std::move(opened.error()));
  } else {
    open_sequence(plan, head);
  }
  if (auto shared = read_shared(plan); !shared) return std::unexpected(std::move(shared.error()));
  note_shared(plan);
  if (plan.options.from != Format::csv) {
    plan.notices = notices_of_first_row(plan, head);
  }
  if (plan.options.to == Format::csv && plan.options.from != Format::csv) {
    plan.columns = names_in(plan, head);
    if (auto error = too_wide("body", plan.columns)) return std::unexpected(evaluation::FieldErrors{std::move(*error)});
  }
  if (plan.has_crs() || plan.csv.crs != no_column) {
    auto reading = reading_of_first_row(plan, head);
    if (!reading) return std::unexpected(std::move(reading.error()));
    if (*reading) plan.notices.push_back(fmt::format("the first row is read in {}", **reading));
  }
  return plan;
}

}  // namespace kordon::batch
