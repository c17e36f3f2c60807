#include "batch/format.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "text/ascii.hpp"

namespace kordon::batch {
namespace {

struct Row {
  Format format;
  std::string_view name;
  std::array<std::string_view, 4> endings;
};

constexpr std::array rows{
    Row{Format::csv, "csv", {"csv", "tsv", "txt"}},
    Row{Format::ndjson, "ndjson", {"ndjson", "jsonl"}},
    Row{Format::geojsonseq, "geojsonseq", {"geojsonl", "geojsons", "geojsonseq"}},
    Row{Format::json, "json", {"json"}},
    Row{Format::geojson, "geojson", {"geojson"}},
};

const Row& row_of(Format format) { return rows[static_cast<std::size_t>(format)]; }

template <typename Predicate>
std::optional<Format> first_row(Predicate&& predicate) {
  const auto* const found = std::ranges::find_if(rows, predicate);
  return found == rows.end() ? std::nullopt : std::optional(found->format);
}

}  // namespace

std::string_view name_of(Format format) { return row_of(format).name; }

std::optional<Format> format_named(std::string_view name) {
  return first_row([&](const Row& row) { return row.name == name; });
}

std::optional<Format> format_of_file(std::string_view file) {
  if (file.ends_with(".gz")) file.remove_suffix(3);
  const auto dot = file.rfind('.');
  if (dot == file.npos) return std::nullopt;
  const auto ending = text::lowered(file.substr(dot + 1));
  return first_row([&](const Row& row) { return std::ranges::find(row.endings, ending) != row.endings.end(); });
}

}  // namespace kordon::batch
