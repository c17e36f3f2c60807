#include "api/http/batch_media_type.hpp"

#include <algorithm>
#include <vector>

#include "api/http/media_type.hpp"

namespace kordon::api::http {
namespace {

/// The first one of a format is its own; the others are taken as well.
struct Row {
  batch::Format format;
  std::string_view media_type;
};

constexpr std::array rows{
    Row{batch::Format::csv, "text/csv"},
    Row{batch::Format::csv, "application/vnd.ms-excel"},  // what Windows with Excel calls a .csv that a browser sends
    Row{batch::Format::ndjson, "application/x-ndjson"},
    Row{batch::Format::ndjson, "application/jsonl"},
    Row{batch::Format::ndjson, "application/ndjson"},
    Row{batch::Format::geojsonseq, "application/geo+json-seq"},
    Row{batch::Format::json, "application/json"},
    Row{batch::Format::geojson, "application/geo+json"},
};

template <typename Predicate>
std::optional<batch::Format> first_row(Predicate&& predicate) {
  const auto* const found = std::ranges::find_if(rows, predicate);
  return found == rows.end() ? std::nullopt : std::optional(found->format);
}

}  // namespace

std::string_view media_type_of(batch::Format format) {
  return std::ranges::find(rows, format, &Row::format)->media_type;
}

std::optional<batch::Format> format_of_content_type(std::string_view content_type) {
  return first_row([&](const Row& row) { return is_media_type(content_type, row.media_type); });
}

std::optional<batch::Format> preferred_format(std::string_view accept, batch::Format own) {
  std::vector<std::string_view> types{media_type_of(own)};
  for (const Row& row : rows) types.push_back(row.media_type);
  const auto best = best_of(accept, types);
  return best ? first_row([&](const Row& row) { return row.media_type == *best; }) : std::nullopt;
}

}  // namespace kordon::api::http
