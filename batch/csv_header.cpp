#include "batch/csv_header.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <span>

#include "batch/csv_scan.hpp"
#include "text/ascii.hpp"
#include "text/utf8.hpp"

namespace kordon::batch {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::array delimiters{',', ';', '\t', '|'};

std::vector<std::string> names_of(std::string_view head, char delimiter, char line_feed) {
  std::vector<std::string_view> cells;
  take_csv_record(head, delimiter, cells, line_feed);
  std::vector<std::string> names;
  std::string buffer;
  if (cells.size() > max_columns) cells.resize(max_columns + 1);  // they are refused
  for (const auto cell : cells) names.emplace_back(text::trimmed(csv_value(cell, buffer), " \t"));
  return names;
}

bool is_crs(std::string_view name) { return text::equal_in_any_case(name, "crs"); }

std::expected<PlaceColumns, evaluation::FieldError> places_of(const std::vector<std::string>& names,
                                                              const CsvHeaderRequest& request) {
  const bool has_crs = request.has_crs || std::ranges::any_of(names, is_crs);
  return find_place_columns({names, request.names, has_crs, request.has_at});
}

char find_delimiter(std::string_view head, const CsvHeaderRequest& request, char line_feed) {
  char best = delimiters[0];
  std::size_t most = 0;
  for (const char delimiter : delimiters) {
    const auto names = names_of(head, delimiter, line_feed);
    const bool has_place = !too_wide("header", names) && places_of(names, request);  // wide ones are refused anyway
    const std::size_t score = names.size() + (has_place ? head.size() : 0);
    if (score <= most) continue;
    most = score;
    best = delimiter;
  }
  return best;
}

bool is_found_by_name(Role role) {
  return role == Role::query || role == Role::id || role == Role::answer || role == Role::crs;
}

/// Columns for members of the query, for ids, for a reference system, and those of an earlier answer.
void assign_keys(CsvHeader& header, const RowKeys& keys, evaluation::FieldErrors& errors) {
  header.keys.assign(header.names.size(), nullptr);
  for (std::size_t i = 0; i < header.names.size(); ++i) {
    const auto* key = keys.find_in_any_case(header.names[i]);
    if (key == nullptr || !is_found_by_name(key->role)) continue;
    const bool repeated = std::ranges::find(header.keys, key) != header.keys.end();
    if (repeated && key->role != Role::answer) {
      errors.push_back(
          {"header", evaluation::Code::duplicate, fmt::format("two columns are named `{}`", header.names[i])});
    }
    header.keys[i] = key;
    if (key->role == Role::query) header.query.push_back(i);
    if (key->role == Role::crs) header.crs = i;
  }
}

void assign_places(CsvHeader& header, const CsvHeaderRequest& request) {
  const auto& place = header.place;
  const auto& keys = request.keys;
  const bool stated = !request.names.lon.empty() || !request.names.lat.empty();
  header.is_map = (request.has_crs || header.crs != no_column) && !stated && place.lon != no_column &&
                  read_column_name(header.names[place.lon]).means == NameMeans::x;
  for (const auto& [column, role] : {std::pair(place.lon, header.is_map ? Role::x : Role::lon),
                                     {place.lat, header.is_map ? Role::y : Role::lat},
                                     {place.position, Role::position},
                                     {place.accuracy_m, Role::accuracy_m},
                                     {place.at, Role::at}}) {
    if (column != no_column) header.keys[column] = keys.of(role);
  }
}

/// A coordinate of the first row that would be a number if its comma were a point.
bool has_decimal_comma(std::string_view rows, const CsvHeader& header) {
  if (header.delimiter == ',' || header.place.lon == no_column || rows.empty()) return false;
  std::vector<std::string_view> cells;
  take_csv_record(rows, header.delimiter, cells, header.line_feed);
  if (cells.size() <= header.place.lon) return false;
  std::string buffer;
  const auto value = text::trimmed(csv_value(cells[header.place.lon], buffer), " \t");
  return std::ranges::count(value, ',') == 1 && value.find_first_not_of("0123456789,+-") == value.npos;
}

/// Cells of the first row behind the header.
std::size_t cells_of_first_row(std::string_view rows, const CsvHeader& header) {
  std::vector<std::string_view> cells;
  if (!rows.empty()) take_csv_record(rows, header.delimiter, cells, header.line_feed);
  return cells.size();
}

/// GDAL 3.6 ends the header of points with one attribute with a delimiter that no row has.
void drop_column_of_no_row(CsvHeader& header, std::string_view rows) {
  const bool ends_empty = header.names.back().empty() && header.text.ends_with(header.delimiter);
  if (!ends_empty || header.names.size() < 2 || cells_of_first_row(rows, header) + 1 != header.names.size()) return;
  header.names.pop_back();
  header.text.pop_back();
}

std::optional<evaluation::FieldError> unreadable(std::string_view head) {
  if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF")) {
    return evaluation::FieldError{"header", evaluation::Code::bad_encoding, "is UTF-16, expected UTF-8"};
  }
  if (head.starts_with("\x1F\x8B")) {
    return evaluation::FieldError{"header", evaluation::Code::bad_encoding, "is compressed by gzip, expected text"};
  }
  if (head.starts_with("PK\x03\x04")) {
    return evaluation::FieldError{"header", evaluation::Code::bad_encoding,
                                  "is a ZIP archive, as XLSX and ODS files are, expected text"};
  }
  if (head.size() <= max_header_bytes || find_line_feed(head.substr(0, max_header_bytes))) return std::nullopt;
  return evaluation::FieldError{"header", evaluation::Code::row_too_long,
                                fmt::format("the first line has more than {} bytes", max_header_bytes)};
}

std::string no_coordinates(const CsvHeader& header) {
  constexpr std::size_t max_named = 12;
  const std::span names(header.names.data(), std::min(header.names.size(), max_named));
  const bool data = std::ranges::all_of(
      header.names, [](const std::string& name) { return name.find_first_not_of("0123456789+-.,eE ") == name.npos; });
  return fmt::format("expected columns for longitude and latitude (lon, lat) or for a position text; found: {}{}",
                     fmt::join(names, ", "), data ? ". The first line must name the columns" : "");
}

}  // namespace

std::optional<evaluation::FieldError> too_wide(std::string_view where, std::span<const std::string> names) {
  constexpr std::size_t quoted_bytes = 40;
  if (names.size() > max_columns) {
    return evaluation::FieldError{std::string(where), evaluation::Code::wrong_columns,
                                  fmt::format("has more than {} columns; the last that could be read is `{}`",
                                              max_columns, text::shortened(names[max_columns - 1], quoted_bytes))};
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i].size() <= max_name_bytes) continue;
    return evaluation::FieldError{
        std::string(where), evaluation::Code::wrong_columns,
        fmt::format("the name of column {}, `{}`, has {} bytes, and at most {} are read: is a quote not closed?", i + 1,
                    text::shortened(names[i], quoted_bytes), names[i].size(), max_name_bytes)};
  }
  return std::nullopt;
}

std::optional<char> find_line_feed(std::string_view head) {
  bool in_quotes = false;
  for (std::size_t i = 0; i < head.size(); ++i) {
    const bool opens = i == 0 || std::string_view(",;\t|\r\n").contains(head[i - 1]);
    if (head[i] == '"') in_quotes = !in_quotes && opens;
    if (in_quotes || (head[i] != '\n' && head[i] != '\r')) continue;
    if (head[i] == '\n') return '\n';
    if (i + 1 == head.size()) return std::nullopt;
    return head[i + 1] == '\n' ? '\n' : '\r';
  }
  return std::nullopt;
}

std::expected<CsvHeader, evaluation::FieldErrors> read_csv_header(std::string_view head,
                                                                  const CsvHeaderRequest& request) {
  if (auto error = unreadable(head)) return std::unexpected(evaluation::FieldErrors{std::move(*error)});
  const bool marked = head.starts_with(byte_order_mark);
  const auto text = head.substr(marked ? byte_order_mark.size() : 0);
  CsvHeader header;
  header.line_feed = find_line_feed(text).value_or(text.ends_with('\r') ? '\r' : '\n');
  header.delimiter = request.delimiter ? *request.delimiter : find_delimiter(text, request, header.line_feed);
  auto rest = text;
  std::vector<std::string_view> cells;
  const auto record = take_csv_record(rest, header.delimiter, cells, header.line_feed);
  header.names = names_of(text, header.delimiter, header.line_feed);
  if (auto error = too_wide("header", header.names)) return std::unexpected(evaluation::FieldErrors{std::move(*error)});
  header.text = head.substr(0, marked ? byte_order_mark.size() : 0);
  header.text += record.text;
  header.line_end = header.line_feed == '\r' ? "\r" : record.line_end == "\r\n" ? "\r\n" : "\n";
  header.is_one_line = record.line_end.empty();
  header.bytes = head.size() - rest.size();
  drop_column_of_no_row(header, rest);
  evaluation::FieldErrors errors;
  assign_keys(header, request.keys, errors);
  auto place = places_of(header.names, request);
  if (!place) {
    if (place.error().message.empty()) place.error().message = no_coordinates(header);
    errors.push_back(std::move(place.error()));
  }
  if (!errors.empty()) return std::unexpected(std::move(errors));
  header.place = std::move(*place);
  assign_places(header, request);
  header.decimal_comma = has_decimal_comma(rest, header);
  return header;
}

}  // namespace kordon::batch
