#pragma once

#include <cstddef>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "batch/row_keys.hpp"
#include "evaluation/error.hpp"

namespace kordon::batch {

/// Dialect of one CSV file, and which of its columns mean something.
struct CsvHeader {
  char delimiter = ',';
  bool decimal_comma = false;
  std::string text;                  ///< the first record as it stands, byte order mark included, without its line end
  std::string_view line_end = "\n";  ///< "\n", "\r\n" or "\r"
  char line_feed = '\n';             ///< the last byte of it
  std::vector<std::string> names;
  std::vector<const RowKey*> keys;  ///< by column; null: passes through. Points into the RowKeys it was read with
  PlaceColumns place;
  std::size_t crs = no_column;     ///< the reference system of the row
  bool is_map = false;             ///< the coordinates are x and y in one
  std::vector<std::size_t> query;  ///< columns of Role::query
  bool is_one_line = false;        ///< no line end follows the first record
  std::size_t bytes = 0;           ///< of the first record with its line end
};

/// Settings for a file besides its first record.
struct CsvHeaderRequest {
  const RowKeys& keys;
  const ColumnNames& names;
  std::optional<char> delimiter;
  bool has_crs = false;  ///< the reference system of all coordinates is stated
  bool has_at = false;   ///< a time for all rows is stated
};

/// Longest first record that a file may have.
inline constexpr std::size_t max_header_bytes = 1U << 20U;
/// Most columns of a table: as many as a spreadsheet has. Rows of fewer cells are filled up to them.
inline constexpr std::size_t max_columns = 16'384;
/// Longest name of one: rows that become JSON repeat it. Whole questions of a survey fit.
inline constexpr std::size_t max_name_bytes = 4096;

/// What is wrong with names of more columns, or longer ones, than a table may have; `where` tells whose they are.
std::optional<evaluation::FieldError> too_wide(std::string_view where, std::span<const std::string> names);

/// The byte that ends lines: `\r` where the first line end outside quotes is one that no `\n` follows. Nothing: the
/// text has none yet, or ends in a `\r` whose `\n` may follow.
std::optional<char> find_line_feed(std::string_view head);

/// Reads the first record. The delimiter is the one of `, ; tab |` that gives columns with coordinates, else the most
/// frequent one; a comma is a decimal comma where the first row has one in its longitude and the delimiter is another.
/// Errors: UTF-16, gzip or a ZIP archive instead of text, a record longer than max_header_bytes, more columns than
/// max_columns, a name longer than max_name_bytes, two columns for one meaning, no coordinates among the columns.
std::expected<CsvHeader, evaluation::FieldErrors> read_csv_header(std::string_view head,
                                                                  const CsvHeaderRequest& request);

}  // namespace kordon::batch
