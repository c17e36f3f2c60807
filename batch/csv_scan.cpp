#include "batch/csv_scan.hpp"

namespace kordon::batch {

std::string_view csv_value(std::string_view cell, std::string& buffer) {
  if (!cell.starts_with('"')) return cell;
  const char* const end = cell.data() + cell.size();
  const char* const past = past_quotes(cell.data(), end);
  const char* const close = past == nullptr ? end : past - 1;
  const std::string_view inner(cell.data() + 1, close);
  if (inner.find('"') == inner.npos && (past == nullptr || past == end)) return inner;
  buffer.clear();
  for (std::size_t i = 0; i < inner.size(); ++i) {
    buffer += inner[i];
    if (inner[i] == '"') ++i;
  }
  if (past != nullptr) buffer.append(past, end);
  return buffer;
}

void append_csv_cell(std::string& out, std::string_view value, char delimiter) {
  const bool plain = value.find_first_of("\"\r\n") == value.npos && value.find(delimiter) == value.npos;
  if (plain) {
    out += value;
    return;
  }
  out += '"';
  for (const char c : value) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

}  // namespace kordon::batch
