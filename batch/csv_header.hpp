#pragma once

#include <cstddef>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "batch/row_keys.hpp"
#include "evaluation/error.hpp"

namespace kordon::batch {

inline constexpr std::size_t no_column = static_cast<std::size_t>(-1);

/// How one CSV file writes things, and which of its columns mean something.
struct CsvHeader {
  char delimiter = ',';
  bool decimal_comma = false;
  std::string text;                  ///< the first record as it stands, byte order mark included, without its line end
  std::string_view line_end = "\n";  ///< "\n" or "\r\n"
  std::vector<std::string> names;
  std::vector<const RowKey*> keys;  ///< by column; null: passes through. Points into the RowKeys it was read with
  std::size_t lon = no_column;
  std::size_t lat = no_column;
  std::size_t position = no_column;
  std::size_t accuracy_m = no_column;
  std::size_t at = no_column;
  std::vector<std::size_t> terms;  ///< columns of Role::terms
  std::size_t bytes = 0;           ///< of the first record with its line end
};

/// Reads the first record. The delimiter is the one of `, ; tab |` that gives columns with coordinates, else the most
/// frequent one; a comma is a decimal comma where the first row has one in a coordinate and the delimiter is another.
/// Faults: no coordinates among the columns, two columns for one meaning, UTF-16.
std::expected<CsvHeader, evaluation::FieldErrors> read_csv_header(std::string_view head, const RowKeys& keys,
                                                                  std::optional<char> delimiter);

}  // namespace kordon::batch
