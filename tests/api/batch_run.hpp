#pragma once

#include <array>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "api/stream.hpp"
#include "batch/format.hpp"

namespace kordon::test {

inline constexpr std::array all_formats{batch::Format::csv, batch::Format::ndjson, batch::Format::geojsonseq,
                                        batch::Format::json, batch::Format::geojson};

struct Batch {
  batch::Format from = batch::Format::csv;
  batch::Format to = batch::Format::csv;
  std::string query = {};           ///< `?lon_column=east`
  std::size_t piece_bytes = 65536;  ///< how the body is split
};

/// What the API makes of a body: as a stream where it takes streams, else whole.
struct Ran {
  int status = 200;
  std::string out;  ///< the problem where the status is not 200
  batch::StreamTotals totals;
};

Ran run_batch(const Batch& batch, std::string_view body);

/// One answered row, from whatever format it was written in.
struct AnsweredRow {
  std::string id;
  std::string verdict;
  double margin_m = 0;
  double distance_m = 0;
  double nearest_lon = 0;
  double nearest_lat = 0;
  std::vector<std::string> regions;
  std::string error_code;  ///< empty: none

  friend bool operator==(const AnsweredRow&, const AnsweredRow&) = default;
};

/// Reads an answer with a reader of its own, not with what wrote it.
std::vector<AnsweredRow> read_answer(batch::Format format, const std::string& text);

/// Of one evaluation as `GET /v1/evaluate` answers it.
AnsweredRow answered_row(const nlohmann::json& evaluation);

/// A CSV text as cells, quotes resolved.
std::vector<std::vector<std::string>> read_csv(const std::string& text, char delimiter = ',');

}  // namespace kordon::test
