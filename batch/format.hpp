#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace kordon::batch {

/// Format of a batch's rows.
enum class Format : std::uint8_t {
  csv,
  ndjson,      ///< an object on each line
  geojsonseq,  ///< RFC 8142, with or without record separators
  json,        ///< an array, or an object with `items`
  geojson,     ///< a FeatureCollection of Points
};

/// `csv`, `ndjson`, `geojsonseq`, `json`, `geojson`.
std::string_view name_of(Format format);

/// The format of this name, if there is one.
std::optional<Format> format_named(std::string_view name);

/// The format of a file by the ending of its name, in any case, without a `.gz` behind it: `.csv .tsv .txt .ndjson
/// .jsonl .geojsonl .geojsons .geojsonseq .json .geojson`.
std::optional<Format> format_of_file(std::string_view file);

/// Whether its rows are GeoJSON Features.
inline bool has_features(Format format) { return format == Format::geojsonseq || format == Format::geojson; }

/// Whether its rows stand in one JSON text.
inline bool is_array(Format format) { return format == Format::json || format == Format::geojson; }

}  // namespace kordon::batch
