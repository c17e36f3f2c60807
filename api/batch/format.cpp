#include "api/batch/format.hpp"

#include <algorithm>
#include <cctype>
#include <string>
#include <vector>

#include "api/media_type.hpp"

namespace kordon::api {
namespace {

struct Row {
  Format format;
  std::string_view name;
  std::string_view media_type;
  std::string_view other_type = {};
  std::array<std::string_view, 4> endings;
};

constexpr std::array rows{
    Row{Format::csv, "csv", "text/csv", {}, {"csv", "tsv", "txt"}},
    Row{Format::ndjson, "ndjson", "application/x-ndjson", "application/jsonl", {"ndjson", "jsonl"}},
    Row{Format::geojsonseq, "geojsonseq", "application/geo+json-seq", {}, {"geojsonl", "geojsons", "geojsonseq"}},
    Row{Format::json, "json", "application/json", {}, {"json"}},
    Row{Format::geojson, "geojson", "application/geo+json", {}, {"geojson"}},
};

const Row& row_of(Format format) { return rows[static_cast<std::size_t>(format)]; }

template <typename Predicate>
std::optional<Format> first_row(Predicate&& predicate) {
  const auto* const found = std::ranges::find_if(rows, predicate);
  return found == rows.end() ? std::nullopt : std::optional(found->format);
}

}  // namespace

std::string_view name_of(Format format) { return row_of(format).name; }
std::string_view media_type_of(Format format) { return row_of(format).media_type; }

std::optional<Format> format_named(std::string_view name) {
  return first_row([&](const Row& row) { return row.name == name; });
}

std::optional<Format> format_of_file(std::string_view file) {
  const auto dot = file.rfind('.');
  if (dot == file.npos) return std::nullopt;
  std::string ending(file.substr(dot + 1));
  std::ranges::transform(ending, ending.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return first_row([&](const Row& row) { return std::ranges::find(row.endings, ending) != row.endings.end(); });
}

std::optional<Format> format_of_content_type(std::string_view content_type) {
  return first_row([&](const Row& row) {
    return is_media_type(content_type, row.media_type) ||
           (!row.other_type.empty() && is_media_type(content_type, row.other_type));
  });
}

std::optional<Format> preferred_format(std::string_view accept, Format own) {
  std::vector<std::string_view> types{row_of(own).media_type};
  for (const Row& row : rows) {
    types.push_back(row.media_type);
    if (!row.other_type.empty()) types.push_back(row.other_type);
  }
  const auto best = best_of(accept, types);
  return best ? first_row([&](const Row& row) { return row.media_type == *best || row.other_type == *best; })
              : std::nullopt;
}

}  // namespace kordon::api
