#include "tests/api/batch_run.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <sstream>

#include "api/endpoints.hpp"
#include "api/http/batch_media_type.hpp"
#include "api/http/problem.hpp"
#include "tests/api/test_world.hpp"

namespace kordon::test {
namespace {

using Json = nlohmann::json;

std::string text_of(const Json& value) { return value.is_string() ? value.get<std::string>() : value.dump(); }

double number_of(const Json& value) { return value.is_number() ? value.get<double>() : -1; }

AnsweredRow flat_row(const Json& members, const Json& id) {
  AnsweredRow row;
  row.id = text_of(id);
  if (members.contains("error")) {
    row.error_code = members["error"]["code"];
    return row;
  }
  row.verdict = members["verdict"];
  row.margin_m = number_of(members["margin_m"]);
  row.distance_m = number_of(members["distance_m"]);
  row.nearest_lon = number_of(members["nearest_lon"]);
  row.nearest_lat = number_of(members["nearest_lat"]);
  row.regions = members["regions"];
  return row;
}

AnsweredRow feature_row(const Json& feature) {
  CHECK(feature["type"] == "Feature");
  return flat_row(feature["properties"], feature.value("id", Json()));
}

AnsweredRow csv_row(const std::vector<std::string>& names, const std::vector<std::string>& cells) {
  if (cells.size() > names.size()) {  // more than the header has: kept, with the error behind
    AnsweredRow row;
    row.error_code = cells.back().substr(0, cells.back().find(':'));
    return row;
  }
  REQUIRE(cells.size() == names.size());
  std::map<std::string, std::string> by_name;
  for (std::size_t i = 0; i < names.size(); ++i) by_name[names[i]] = cells[i];
  AnsweredRow row;
  row.id = by_name["id"];
  row.error_code = by_name["error"].substr(0, by_name["error"].find(':'));
  if (!row.error_code.empty()) return row;
  row.verdict = by_name["verdict"];
  row.margin_m = std::stod(by_name["margin_m"]);
  row.distance_m = std::stod(by_name["distance_m"]);
  row.nearest_lon = std::stod(by_name["nearest_lon"]);
  row.nearest_lat = std::stod(by_name["nearest_lat"]);
  std::istringstream regions(by_name["regions"]);
  for (std::string region; std::getline(regions, region, ';');) row.regions.push_back(region);
  return row;
}

std::vector<Json> lines_of(const std::string& text) {
  std::vector<Json> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with('\x1e')) line.erase(0, 1);
    lines.push_back(Json::parse(line));
  }
  return lines;
}

}  // namespace

Ran run_batch(const Batch& batch, std::string_view body) {
  static const auto world = small_world();
  const std::string target = "/v1/evaluate" + batch.query;
  const api::http::Request head{.method = "POST",
                                .target = target,
                                .accept = api::http::media_type_of(batch.to),
                                .content_type = api::http::media_type_of(batch.from),
                                .body = {},
                                .received = test_now()};
  auto opened = api::open_stream(*world, head);
  const auto refused = [](const evaluation::FieldErrors& errors) {
    const auto problem = api::http::problem(errors);
    return Ran{problem.status, problem.body, {}};
  };
  if (!opened) return refused(opened.error());
  if (!*opened) {
    auto whole = head;
    whole.body = body;
    const auto response = api::answer(*world, whole);
    return {response.status, response.body, {}};
  }
  Ran ran;
  auto& stream = *(*opened)->stream;
  while (!body.empty()) {
    const auto piece = body.substr(0, batch.piece_bytes);
    if (auto fed = batch::feed_wholly(stream, piece, ran.out); !fed) return refused(fed.error());
    body.remove_prefix(piece.size());
  }
  if (auto finished = batch::finish_wholly(stream, ran.out); !finished) return refused(finished.error());
  ran.totals = stream.totals();
  return ran;
}

std::vector<AnsweredRow> read_answer(batch::Format format, const std::string& text) {
  CAPTURE(text);
  std::vector<AnsweredRow> rows;
  if (format == batch::Format::csv) {
    const auto table = read_csv(text);
    for (std::size_t i = 1; i < table.size(); ++i) rows.push_back(csv_row(table[0], table[i]));
  } else if (format == batch::Format::json) {
    const auto answer = Json::parse(text);
    for (const auto& item : answer["items"]) rows.push_back(answered_row(item));
  } else if (format == batch::Format::geojson) {
    const auto answer = Json::parse(text);
    for (const auto& feature : answer["features"]) rows.push_back(feature_row(feature));
  } else {
    for (const auto& line : lines_of(text)) {
      const bool feature = format == batch::Format::geojsonseq;
      rows.push_back(feature ? feature_row(line) : flat_row(line, line.value("id", Json())));
    }
  }
  return rows;
}

AnsweredRow answered_row(const Json& evaluation) {
  AnsweredRow row;
  row.id = text_of(evaluation.value("id", Json()));
  if (evaluation.contains("error")) {
    row.error_code = evaluation["error"]["code"];
    return row;
  }
  row.verdict = evaluation["verdicts"][0]["verdict"];
  row.margin_m = evaluation["verdicts"][0]["margin_m"];
  const auto& border = evaluation["borders"][0];
  row.distance_m = border["distance_m"];
  row.nearest_lon = border["nearest"]["lon"];
  row.nearest_lat = border["nearest"]["lat"];
  for (const auto& region : evaluation["regions"]) {
    if (region["state"] == "inside") row.regions.push_back(region["id"]);
  }
  return row;
}

std::vector<std::vector<std::string>> read_csv(const std::string& text, char delimiter) {
  std::vector<std::vector<std::string>> table;
  std::vector<std::string> row(1);
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
        row.back() += text[++i];
      } else if (c == '"') {
        quoted = false;
      } else {
        row.back() += c;
      }
    } else if (c == '"') {
      quoted = true;
    } else if (c == delimiter) {
      row.emplace_back();
    } else if (c == '\n') {
      if (row.back().ends_with('\r')) row.back().pop_back();
      table.push_back(std::exchange(row, std::vector<std::string>(1)));
    } else {
      row.back() += c;
    }
  }
  if (row.size() > 1 || !row[0].empty()) table.push_back(row);
  return table;
}

}  // namespace kordon::test
