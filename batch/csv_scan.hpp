#pragma once

#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace kordon::batch {

/// One record of CSV: its cells as they stand, with quotes.
struct CsvRecord {
  std::string_view text;      ///< without the line end
  std::string_view line_end;  ///< `\n`, `\r\n`, `\r`, or nothing at the end of a file
  bool closed = true;         ///< false: a quote is not closed before the end of the text
};

/// Past the end of the quoted run that begins at the quote `at`; null if it is not closed.
inline const char* past_quotes(const char* at, const char* end) {
  while (true) {
    const auto* quote = static_cast<const char*>(std::memchr(at + 1, '"', static_cast<std::size_t>(end - at - 1)));
    if (quote == nullptr) return nullptr;
    if (quote + 1 == end || quote[1] != '"') return quote + 1;
    at = quote + 1;
  }
}

/// Takes the first record off a text that is not empty, and fills its cells. Quotes count at the start of a cell only.
/// `line_feed` ends it: `\n`, or `\r` in files that have no other.
inline CsvRecord take_csv_record(std::string_view& text, char delimiter, std::vector<std::string_view>& cells,
                                 char line_feed = '\n') {
  cells.clear();
  const char* const begin = text.data();
  const char* const end = begin + text.size();
  const char* at = begin;
  CsvRecord record;
  while (true) {
    const char* const start = at;
    if (at != end && *at == '"') {
      at = past_quotes(at, end);
      record.closed = at != nullptr;
      if (!record.closed) at = end;
    }
    while (at != end && *at != delimiter && *at != line_feed) ++at;
    cells.emplace_back(start, at);
    if (at == end || *at == line_feed) break;
    ++at;
  }
  const bool has_return = at != end && at != begin && at[-1] == '\r' && !cells.back().empty();
  if (has_return) cells.back().remove_suffix(1);
  record.text = {begin, at - (has_return ? 1 : 0)};
  if (at != end) ++at;
  record.line_end = {record.text.data() + record.text.size(), at};
  text.remove_prefix(static_cast<std::size_t>(at - begin));
  return record;
}

/// A cell's value: without quotes, doubled ones once. `buffer` holds it where it differs from the text.
std::string_view csv_value(std::string_view cell, std::string& buffer);

/// Appends a value as a cell, in quotes where it needs them.
void append_csv_cell(std::string& out, std::string_view value, char delimiter);

}  // namespace kordon::batch
