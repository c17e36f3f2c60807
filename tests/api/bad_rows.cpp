// Every bad row, in each format: its code, and that the rows around it are answered.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "tests/api/batch_run.hpp"

using namespace kordon;
using kordon::batch::Format;
using kordon::test::read_answer;
using kordon::test::run_batch;

namespace {

struct BadRow {
  std::string json;  ///< members of a JSON item, without braces
  std::string csv;   ///< lon,lat,position,accuracy_m,at,activity,policy,depth_km; empty: cannot be said in CSV
  std::string code;
};

const std::vector<BadRow>& bad_rows() {
  static const std::vector<BadRow> rows{
      {"", ",,,,,,,", "missing"},
      {R"("lon":36)", "36,,,,,,,", "missing"},
      {R"("lat":50)", ",50,,,,,,", "missing"},
      {R"("lon":null,"lat":50)", ",50,,,,,,", "missing"},
      {"", "abc,50,,,,,,", "not_a_number"},
      {"", "0x10,50,,,,,,", "not_a_number"},
      {"", "nan,50,,,,,,", "not_a_number"},
      {"", "36,-inf,,,,,,", "not_a_number"},
      {"", "1e999,50,,,,,,", "out_of_range"},
      {R"("lon":true,"lat":50)", "", "wrong_type"},
      {R"("lon":"east","lat":"50")", "", "not_a_number"},
      {R"("x":36,"lat":50)", "", "missing"},
      {R"("lon":36,"lat":50,"at":null)", "", "missing"},
      {R"("lon":[36],"lat":50)", "", "wrong_type"},
      {R"("lon":180.0001,"lat":50)", "180.0001,50,,,,,,", "out_of_range"},
      {R"("lon":136,"lat":-90.0001)", "136,-90.0001,,,,,,", "out_of_range"},
      {R"("lon":50.6,"lat":136.6)", "50.6,136.6,,,,,,", "coordinates_swapped"},
      {R"("lon":36,"lat":50,"accuracy_m":-1)", "36,50,,-1,,,,", "out_of_range"},
      {R"("lon":36,"lat":50,"accuracy_m":1e8)", "36,50,,1e8,,,,", "out_of_range"},
      {R"("lon":36,"lat":50,"accuracy_m":"x")", "", "wrong_type"},
      {"", "36,50,,x,,,,", "not_a_number"},
      {R"("lon":36,"lat":50,"position":"50,36")", "36,50,\"50,36\",,,,,", "conflict"},
      {R"("position":"somewhere")", ",,somewhere,,,,,", "bad_position"},
      {R"("position":"136.6,50.6")", ",,\"136.6,50.6\",,,,,", "coordinates_swapped"},
      {R"("lon":36,"lat":50,"at":"yesterday")", "36,50,,,yesterday,,,", "bad_time"},
      {R"("lon":36,"lat":50,"at":"2024-02-30T00:00:00Z")", "36,50,,,2024-02-30T00:00:00Z,,,", "bad_time"},
      {R"("lon":36,"lat":50,"at":7)", "", "wrong_type"},
      {R"("lon":36,"lat":50,"activity":"swim")", "36,50,,,,swim,,", "unknown_activity"},
      {R"("lon":36,"lat":50,"policy":"other")", "36,50,,,,,other,", "unknown_policy"},
      {R"("lon":36,"lat":50,"depth_km":0.5)", "36,50,,,,,,0.5", "out_of_range"},
      {R"("lon":36,"lat":50,"depth_km":"deep")", "", "wrong_type"},
      {"", "36,50,,,,,,deep", "not_a_number"},
      {R"("lon":36,"lat":50,"parameters":{"width_km":7})", "", "unknown_parameter"},
      {R"("lon":36,"lat":50,"parameters":7)", "", "wrong_type"},
      {R"("lon":36,"lat":50,"lat":51)", "", "duplicate"},
      {"", "36,50", "wrong_columns"},
      {"", "36,50,,,,,,,", "wrong_columns"},
  };
  return rows;
}

/// One bad row after a good one and before a good one.
void check(kordon::batch::Format from, const std::string& body, const std::string& code,
           const std::string& query = {}) {
  CAPTURE(body);
  for (const kordon::batch::Format to : kordon::test::all_formats) {
    if (from == kordon::batch::Format::json && to == kordon::batch::Format::json) continue;  // bad_input.cpp
    CAPTURE(kordon::batch::name_of(to));
    const auto ran = kordon::test::run_batch({.from = from, .to = to, .query = query}, body);
    REQUIRE_MESSAGE(ran.status == 200, ran.out);
    const auto rows = kordon::test::read_answer(to, ran.out);
    REQUIRE(rows.size() == 3);
    CHECK(rows[0].verdict == "eligible");
    CHECK(rows[1].error_code == code);
    CHECK(rows[2].verdict == "eligible");
    if (!kordon::batch::is_array(from)) CHECK(ran.totals.rows == 3);
    if (!kordon::batch::is_array(from)) CHECK(ran.totals.rows_in_error == 1);
  }
}

const std::string good = R"({"lon":37,"lat":50.6})";
const std::string good_feature =
    R"({"type":"Feature","geometry":{"type":"Point","coordinates":[37,50.6]},"properties":{}})";

}  // namespace

TEST_CASE("a bad row of CSV has its code, and the rest goes on") {
  for (const auto& bad : bad_rows()) {
    if (bad.csv.empty()) continue;
    check(kordon::batch::Format::csv,
          "lon,lat,position,accuracy_m,at,activity,policy,depth_km\n37,50.6,,,,,,\n" + bad.csv + "\n37,50.6,,,,,,\n",
          bad.code, "?at=2024-06-15T00:00:00Z");
  }
}

TEST_CASE("a bad row of JSON has its code, and the rest goes on") {
  for (const auto& bad : bad_rows()) {
    if (bad.json.empty()) continue;
    check(kordon::batch::Format::ndjson, good + "\n{" + bad.json + "}\n" + good + "\n", bad.code);
    check(kordon::batch::Format::json, "[" + good + ",{" + bad.json + "}," + good + "]", bad.code);
  }
}

TEST_CASE("a row that is no JSON, or no object, is bad alone") {
  for (const auto& [row, code] : std::vector<std::pair<std::string, std::string>>{
           {"{", "bad_json"},
           {"nonsense", "bad_json"},
           {"{\"lon\":37,\"lat\":50.6,}", "bad_json"},
           {"{\"lon\":37,\"lat\":50.6} {}", "bad_json"},
           {"{\"lon\":37,\"lat\":50.6,\"x\":tru}", "bad_json"},
           {"{\"lon\":37,\"lat\":50.6,\"x\":{\"y\":01}}", "bad_json"},
           {"{\"lon\":37,\"lat\":50.6,\"x\":[1 2]}", "bad_json"},
           {"{\"lon\":NaN,\"lat\":50}", "bad_json"},
           {"{\"lon\":37,\"lat\":50.6,\"x\":\"\\q\"}", "bad_json"},
           {"{\"lon\":37,\"lat\":50.6,\"x\":\"\xFF\"}", "bad_encoding"},
           {"{\"lon\":37,\"lat\":50.6,\"x\":" + std::string(100, '[') + std::string(100, ']') + "}", "bad_json"},
           {"17", "wrong_type"},
           {"[37,50.6]", "wrong_type"},
           {"null", "wrong_type"},
           {"\"text\"", "wrong_type"}}) {
    check(kordon::batch::Format::ndjson, good + "\n" + row + "\n" + good, code);
    check(kordon::batch::Format::geojsonseq, good_feature + "\n" + row + "\n" + good_feature, code);
    check(kordon::batch::Format::geojsonseq, "\x1e" + good_feature + "\n\x1e" + row + "\n\x1e" + good_feature + "\n",
          code);
  }
}

TEST_CASE("a JSON number too large for a double is bad alone and passes through") {
  const auto ran = kordon::test::run_batch({.from = kordon::batch::Format::ndjson, .to = kordon::batch::Format::ndjson},
                                           "{\"lon\":1e999,\"lat\":50}\n" + good);
  CHECK(ran.out.starts_with(R"({"lon":1e999,"lat":50,"error":{"code":"out_of_range",)"));
  CHECK(ran.totals.rows == 2);
  CHECK(ran.totals.rows_in_error == 1);
}

TEST_CASE("a feature that is no point is bad alone") {
  const auto feature = [](const std::string& geometry, const std::string& properties = "{}") {
    return R"({"type":"Feature","geometry":)" + geometry + R"(,"properties":)" + properties + "}";
  };
  const auto point = [](const std::string& coordinates) {
    return R"({"type":"Point","coordinates":)" + coordinates + "}";
  };
  for (const auto& [row, code] : std::vector<std::pair<std::string, std::string>>{
           {feature("null"), "bad_geometry"},
           {feature(R"({"type":"Polygon","coordinates":[[[0,0],[1,1],[1,0],[0,1],[0,0]]]})"), "bad_geometry"},
           {feature(R"({"type":"MultiPoint","coordinates":[[37,50.6],[38,50.6]]})"), "bad_geometry"},
           {feature(point("[]")), "bad_geometry"},
           {feature(point("[37]")), "bad_geometry"},
           {feature(point("[\"37\",50]")), "bad_geometry"},
           {feature("7"), "bad_geometry"},
           {R"({"type":"Feature"})", "bad_geometry"},
           {R"({"lon":37,"lat":50.6})", "wrong_type"},
           {feature(point("[200,50]")), "out_of_range"},
           {feature(point("[50.6,136.6]")), "coordinates_swapped"},
           {feature(point("[37,50.6]"), R"({"accuracy_m":-1})"), "out_of_range"},
           {feature(point("[37,50.6]"), R"({"at":"soon"})"), "bad_time"}}) {
    check(kordon::batch::Format::geojsonseq, good_feature + "\n" + row + "\n" + good_feature, code);
    check(kordon::batch::Format::geojson,
          R"({"type":"FeatureCollection","features":[)" + good_feature + "," + row + "," + good_feature + "]}", code);
  }
}

TEST_CASE("what is wrong with all rows is told once, with a status") {
  const auto refused = [](const kordon::test::Batch& batch, const std::string& body) {
    const auto ran = kordon::test::run_batch(batch, body);
    CAPTURE(body);
    CHECK(ran.status >= 400);
    return ran.status == 200 ? std::string() : nlohmann::json::parse(ran.out)["errors"][0]["code"].get<std::string>();
  };
  CHECK(refused({}, "") == "missing");
  CHECK(refused({}, "36.5,50.6\n36.6,50.7\n") == "missing");
  CHECK(refused({}, "name,value\na,b\n") == "missing");
  CHECK(refused({}, "lon,lat,lon\n1,2,3\n") == "duplicate");
  CHECK(refused({}, "\xFF\xFEl\0o\0") == "bad_encoding");
  CHECK(refused({}, "lon,lat,note\n37,50.6,\"" + std::string(5U << 20U, 'x')) == "row_too_long");
  CHECK(refused({.query = "?depth_km=1000"}, "lon,lat\n") == "out_of_range");
  CHECK(refused({.query = "?colour=red"}, "lon,lat\n") == "unknown_key");
  CHECK(refused({.query = "?lon=37"}, "lon,lat\n") == "conflict");
  CHECK(refused({.query = "?detail=some"}, "lon,lat\n") == "out_of_range");
  CHECK(refused({.query = "?delimiter=ab"}, "lon,lat\n") == "out_of_range");
  const kordon::test::Batch geojson{.from = kordon::batch::Format::geojson, .to = kordon::batch::Format::csv};
  CHECK(refused(geojson, "{\"type\":\"FeatureCollection\"}") == "wrong_type");
  CHECK(refused(geojson, "{\"features\":[") == "bad_json");
  CHECK(refused(geojson, "{\"features\":[] , }") == "bad_json");
  CHECK(refused(geojson, "nonsense") == "bad_json");
  const kordon::test::Batch json{.from = kordon::batch::Format::json, .to = kordon::batch::Format::csv};
  const kordon::test::Batch with_at{.from = json.from, .to = json.to, .query = "?at=2024-06-01T00:00:00Z"};
  CHECK(refused(with_at, R"({"items":[],"at":"2024-06-02T00:00:00Z"})") == "conflict");
  CHECK(refused(json, R"({"items":[],"colour":"red"})") == "unknown_key");
  CHECK(refused(json, R"({"at":"soon","items":[]})") == "bad_time");
}
