#include "batch/csv_header.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <span>

#include "batch/csv_scan.hpp"

namespace kordon::batch {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::array delimiters{',', ';', '\t', '|'};

std::string_view trimmed(std::string_view text) {
  const auto first = std::min(text.find_first_not_of(" \t"), text.size());
  return text.substr(first, text.find_last_not_of(" \t") + 1 - first);
}

std::vector<std::string> names_of(std::string_view head, char delimiter) {
  std::vector<std::string_view> cells;
  take_csv_record(head, delimiter, cells);
  std::vector<std::string> names;
  std::string buffer;
  for (const auto cell : cells) names.emplace_back(trimmed(csv_value(cell, buffer)));
  return names;
}

bool has_role(const std::vector<std::string>& names, const RowKeys& keys, Role role) {
  return std::ranges::any_of(names, [&](const std::string& name) {
    const auto* key = keys.find_in_any_case(name);
    return key != nullptr && key->role == role;
  });
}

bool has_coordinates(const std::vector<std::string>& names, const RowKeys& keys) {
  return has_role(names, keys, Role::position) ||
         (has_role(names, keys, Role::lon) && has_role(names, keys, Role::lat));
}

char find_delimiter(std::string_view head, const RowKeys& keys) {
  char best = delimiters[0];
  std::size_t most = 0;
  for (const char delimiter : delimiters) {
    const auto names = names_of(head, delimiter);
    const std::size_t score = names.size() + (has_coordinates(names, keys) ? head.size() : 0);
    if (score <= most) continue;
    most = score;
    best = delimiter;
  }
  return best;
}

std::size_t* column_of(CsvHeader& header, Role role) {
  switch (role) {
    case Role::lon:
      return &header.lon;
    case Role::lat:
      return &header.lat;
    case Role::position:
      return &header.position;
    case Role::accuracy_m:
      return &header.accuracy_m;
    case Role::at:
      return &header.at;
    default:
      return nullptr;
  }
}

void assign_roles(CsvHeader& header, const RowKeys& keys, evaluation::FieldErrors& errors) {
  header.keys.assign(header.names.size(), nullptr);
  for (std::size_t i = 0; i < header.names.size(); ++i) {
    const auto* key = keys.find_in_any_case(header.names[i]);
    if (key == nullptr || key->role == Role::parameters) continue;
    const bool repeated = std::ranges::find(header.keys, key) != header.keys.end();
    if (repeated && key->role != Role::answer) {
      errors.push_back(
          {"header", evaluation::Code::duplicate, fmt::format("two columns are named `{}`", header.names[i])});
    }
    header.keys[i] = key;
    if (key->role == Role::terms) header.terms.push_back(i);
    auto* const column = column_of(header, key->role);
    if (column == nullptr) continue;
    if (*column == no_column || header.keys[*column]->rank > key->rank) {
      if (*column != no_column) header.keys[*column] = nullptr;
      *column = i;
    } else {
      header.keys[i] = nullptr;
    }
  }
}

/// A coordinate of the first row that would be a number if its comma were a point.
bool has_decimal_comma(std::string_view rows, const CsvHeader& header) {
  if (header.delimiter == ',' || header.lon == no_column || rows.empty()) return false;
  std::vector<std::string_view> cells;
  take_csv_record(rows, header.delimiter, cells);
  if (cells.size() <= header.lon) return false;
  std::string buffer;
  const auto value = trimmed(csv_value(cells[header.lon], buffer));
  return std::ranges::count(value, ',') == 1 && value.find_first_not_of("0123456789,+-") == value.npos;
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

std::expected<CsvHeader, evaluation::FieldErrors> read_csv_header(std::string_view head, const RowKeys& keys,
                                                                  std::optional<char> delimiter) {
  if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF")) {
    return std::unexpected(
        evaluation::FieldErrors{{"header", evaluation::Code::bad_encoding, "is UTF-16, expected UTF-8"}});
  }
  const bool marked = head.starts_with(byte_order_mark);
  const auto text = head.substr(marked ? byte_order_mark.size() : 0);
  CsvHeader header;
  header.delimiter = delimiter ? *delimiter : find_delimiter(text, keys);
  auto rest = text;
  std::vector<std::string_view> cells;
  const auto record = take_csv_record(rest, header.delimiter, cells);
  header.names = names_of(text, header.delimiter);
  header.text = head.substr(0, marked ? byte_order_mark.size() : 0);
  header.text += record.text;
  header.line_end = record.line_end == "\r\n" ? "\r\n" : "\n";
  header.bytes = head.size() - rest.size();
  evaluation::FieldErrors errors;
  assign_roles(header, keys, errors);
  if (!has_coordinates(header.names, keys))
    errors.push_back({"header", evaluation::Code::missing, no_coordinates(header)});
  if (!errors.empty()) return std::unexpected(std::move(errors));
  header.decimal_comma = has_decimal_comma(rest, header);
  return header;
}

}  // namespace kordon::batch
