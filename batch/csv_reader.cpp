#include <fmt/format.h>

#include <algorithm>

#include "batch/csv_scan.hpp"
#include "batch/row_reader.hpp"
#include "batch/row_validator.hpp"
#include "evaluation/evaluate_request.hpp"
#include "text/number_text.hpp"
#include "text/utf8.hpp"

namespace kordon::batch {
namespace {

class CsvReader final : public RowReader {
 public:
  explicit CsvReader(const Plan& plan)
      : header_(plan.csv),
        validator_(plan),
        in_crs_(plan.has_crs() || plan.csv.is_map),
        wants_cells_(plan.wants_cells()),
        to_json_(plan.options.to != Format::csv),
        has_format_(!plan.times.format.empty()),
        bytes_beside_row_(plan.bytes_beside_row()),
        pace_(plan.options.limits) {
    const auto& place = header_.place;
    has_places_alone_ = !in_crs_ && !header_.decimal_comma && header_.crs == no_column && header_.query.empty() &&
                        place.position == no_column && place.accuracy_m == no_column && place.at == no_column;
    if (place.position != no_column) position_prefix_ = notation_prefix(header_.names[header_.place.position]);
  }

  std::size_t read_from(std::string& block, std::size_t from, const Step& step, Chunk& chunk) override {
    chunk.clear();
    validator_.begin_block();
    pace_.begin(step);
    auto rest = std::string_view(block).substr(from);
    while (!rest.empty() && chunk.rows() < pace_.most_rows()) {
      const auto record = take_csv_record(rest, header_.delimiter, cells_, header_.line_feed);
      if (record.text.empty()) continue;
      chunk.texts.push_back(record.text);
      if (wants_cells_) keep_cells(chunk);
      if (read_row(record, chunk)) continue;
      chunk.drop_last_row();
      return static_cast<std::size_t>(record.text.data() - block.data());
    }
    return block.size() - rest.size();
  }

 private:
  /// False: it opens a reference system, which is for another step.
  bool read_row(const CsvRecord& record, Chunk& chunk) {
    const std::size_t wanted = header_.names.size();
    if (to_json_ && !text::is_utf8(record.text)) {
      return refuse({"row", evaluation::Code::bad_encoding,
                     "is not UTF-8, as JSON must be; state the file's encoding, or convert it"},
                    chunk);
    }
    if (!record.closed) return refuse({"row", evaluation::Code::bad_csv, "a quote is not closed"}, chunk);
    if (cells_.size() != wanted) {
      const auto missing = static_cast<std::uint32_t>(wanted - std::min(wanted, cells_.size()));
      return refuse(
          {"row", evaluation::Code::wrong_columns, fmt::format("expected {} cells, got {}", wanted, cells_.size())},
          chunk, missing);
    }
    if (pace_.step().refuses) return refuse(time_is_used("row"), chunk);
    const auto& place = header_.place;
    if (has_places_alone_) {
      const PlainRow row{.lon_deg = number(place.lon), .lat_deg = number(place.lat), .accuracy_m = {}};
      return validator_.add_plain(row, chunk) || add(row, chunk);
    }
    PlainRow row{number(place.lon), number(place.lat), number(place.accuracy_m), at(), own_query()};
    row.lacks_time = place.at != no_column && row.at.empty();
    const bool plain =
        !in_crs_ && empty(header_.crs) && empty(place.position) && (row.accuracy_m || empty(place.accuracy_m));
    if (!plain || !validator_.add_plain(row, chunk)) return add(row, chunk);
    if (has_decimal_comma(place.lon) || has_decimal_comma(place.lat)) {
      chunk.read_as.emplace_back(static_cast<std::uint32_t>(chunk.rows() - 1), evaluation::decimal_comma_degrees);
    }
    return true;
  }

  bool add(const PlainRow& row, Chunk& chunk) {
    const auto own = members(row);
    const bool opens = (in_crs_ || !empty(header_.crs)) && validator_.would_open_system(own);
    if (opens && pace_.step().apart) return false;
    validator_.add(row, own, {}, chunk);
    pace_.spent(opens);
    return true;
  }

  bool refuse(evaluation::FieldError error, Chunk& chunk, std::uint32_t cells_missing = 0) {
    RowValidator::add_bad({std::move(error)}, chunk, cells_missing);
    pace_.makes(bytes_beside_row_ + cells_missing);
    return true;
  }

  [[nodiscard]] bool has_decimal_comma(std::size_t column) const {
    return header_.decimal_comma && column != no_column && cells_[column].contains(',');
  }

  [[nodiscard]] bool empty(std::size_t column) const { return column == no_column || cells_[column].empty(); }

  std::string_view value(std::size_t column) {
    const auto text = csv_value(cells_[column], buffer_);
    if (!header_.decimal_comma || text.find(',') == text.npos) return text;
    if (text.data() != buffer_.data()) buffer_ = text;
    std::ranges::replace(buffer_, ',', '.');
    return buffer_;
  }

  std::optional<double> number(std::size_t column) {
    return empty(column) ? std::nullopt : text::read_number(value(column));
  }

  std::string_view at() {
    if (header_.place.at == no_column) return {};
    const auto text = csv_value(cells_[header_.place.at], at_buffer_);
    if (header_.place.at_time == no_column) return text.find_first_not_of(' ') == text.npos ? std::string_view() : text;
    return joined_time(text);
  }

  /// Date and time of day from two columns, with a blank between them where a format is stated; nothing where one is
  /// empty. `942` is 09:42.
  std::string_view joined_time(std::string_view date) {
    std::string time(csv_value(cells_[header_.place.at_time], buffer_));
    if (date.empty() || time.empty()) return {};
    const bool digits = time.find_first_not_of("0123456789") == time.npos;
    if (digits && time.size() < 4) time.insert(0, 4 - time.size(), '0');
    joined_.assign(date).append(has_format_ ? " " : "T").append(time);
    if (header_.place.at_is_utc) joined_ += 'Z';
    return joined_;
  }

  std::string_view own_query() {
    own_query_.clear();
    for (const std::size_t column : header_.query) {
      if (cells_[column].empty()) continue;
      own_query_ += header_.keys[column]->key;
      own_query_ += '=';
      own_query_ += cells_[column];
      own_query_ += '\n';
    }
    return own_query_;
  }

  evaluation::Members members(const PlainRow& row) {
    evaluation::Members own;
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      const auto* key = header_.keys[i];
      if (key == nullptr || key->role == Role::answer || key->role == Role::id) continue;
      const bool is_angle = (key->role == Role::lon || key->role == Role::lat) && !in_crs_ && empty(header_.crs);
      const bool is_text = key->role == Role::position || key->role == Role::at || is_angle;
      const auto text = key->role == Role::at ? row.at : is_text ? csv_value(cells_[i], buffer_) : value(i);
      if (text.find_first_not_of(' ') == text.npos) continue;
      own.push_back({key->key, evaluation::Untyped{i == header_.place.position ? with_notation(text, position_prefix_)
                                                                               : std::string(text)}});
    }
    return own;
  }

  void keep_cells(Chunk& chunk) {
    const std::size_t count = std::min(cells_.size(), header_.names.size());
    std::size_t bytes = bytes_beside_row_;
    for (std::size_t i = 0; i < count; ++i) {
      const auto* key = header_.keys[i];
      chunk.cells.push_back({header_.names[i], cells_[i], key ? key->role : Role::other, false});
      bytes += header_.names[i].size();
    }
    pace_.makes(bytes);
    chunk.cell_ends.push_back(static_cast<std::uint32_t>(chunk.cells.size()));
  }

  const CsvHeader& header_;
  RowValidator validator_;
  bool in_crs_;
  bool wants_cells_;
  bool to_json_;
  bool has_format_;        ///< of times
  bool has_places_alone_;  ///< longitudes and latitudes in plain degrees, and nothing else that a row is asked by
  std::string_view position_prefix_;  ///< says the notation of position texts
  std::size_t bytes_beside_row_;
  Pace pace_;
  std::vector<std::string_view> cells_;
  std::string buffer_;
  std::string at_buffer_;
  std::string joined_;
  std::string own_query_;
};

}  // namespace

std::unique_ptr<RowReader> make_csv_reader(const Plan& plan) { return std::make_unique<CsvReader>(plan); }

std::unique_ptr<RowReader> make_reader(const Plan& plan) {
  return plan.options.from == Format::csv ? make_csv_reader(plan) : make_json_reader(plan);
}

}  // namespace kordon::batch
