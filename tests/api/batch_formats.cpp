// The same positions in every format, and what every format keeps of a row.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <random>

#include "tests/api/batch_run.hpp"
#include "tests/api/test_world.hpp"

using namespace kordon;
using kordon::batch::Format;
using kordon::test::read_answer;
using kordon::test::run_batch;

namespace {

struct Point {
  double lon, lat;
  std::string accuracy_m;  ///< empty: none stated
  std::string at;
};

std::vector<Point> points() {
  std::mt19937_64 random(11);
  std::uniform_real_distribution<double> lon(35.5, 38.5);
  std::uniform_real_distribution<double> lat(48.5, 52.5);
  std::vector<Point> made{{37, 50.5, "", ""}, {-179.5, -89, "", ""}, {180, 90, "", ""}};
  for (int i = 0; i < 200; ++i) {
    made.push_back({lon(random), lat(random), i % 3 == 0 ? "250.5" : "",
                    i % 5 == 0 ? "2024-05-29T23:59:59Z" : (i % 5 == 1 ? "2024-05-30T03:00:00+03:00" : "")});
  }
  return made;
}

std::string members_of(const Point& point) {
  return (point.accuracy_m.empty() ? "" : ",\"accuracy_m\":" + point.accuracy_m) +
         (point.at.empty() ? "" : ",\"at\":\"" + point.at + "\"");
}

std::string body_in(kordon::batch::Format format, const std::vector<Point>& points) {
  const bool sequence = format == kordon::batch::Format::geojsonseq;
  std::string body = format == kordon::batch::Format::csv       ? "id,lon,lat,accuracy_m,at\n"
                     : format == kordon::batch::Format::json    ? "{\"items\":["
                     : format == kordon::batch::Format::geojson ? "{\"type\":\"FeatureCollection\",\"features\":["
                                                                : "";
  for (std::size_t i = 0; i < points.size(); ++i) {
    const auto& p = points[i];
    if (i > 0 && kordon::batch::is_array(format)) body += ",\n  ";
    if (format == kordon::batch::Format::csv) {
      const auto& at = p.at.empty() ? std::string("2024-06-15T00:00:00Z") : p.at;  // a hole is an error
      body += fmt::format("p{},{},{},{},{}\n", i, p.lon, p.lat, p.accuracy_m, at);
    } else if (kordon::batch::has_features(format)) {
      body += fmt::format(
          R"({}{{"type":"Feature","id":"p{}","geometry":{{"type":"Point","coordinates":[{},{}]}},"properties":{{"n":1{}}}}})",
          sequence ? "\x1e" : "", i, p.lon, p.lat, members_of(p));
    } else {
      body += fmt::format(R"({{"id":"p{}","lon":{},"lat":{}{}}})", i, p.lon, p.lat, members_of(p));
    }
    if (!kordon::batch::is_array(format)) body += '\n';
  }
  return body + (kordon::batch::is_array(format) ? "]}" : "");
}

/// One by one through GET.
std::vector<kordon::test::AnsweredRow> one_by_one(const std::vector<Point>& points) {
  std::vector<kordon::test::AnsweredRow> rows;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const auto& p = points[i];
    auto target = fmt::format("/v1/evaluate?lon={}&lat={}", p.lon, p.lat);
    if (!p.accuracy_m.empty()) target += "&accuracy_m=" + p.accuracy_m;
    if (!p.at.empty()) target += "&at=" + p.at;
    rows.push_back(kordon::test::answered_row(kordon::test::json_of(kordon::test::get(target))));
    rows.back().id = fmt::format("p{}", i);
  }
  return rows;
}

}  // namespace

TEST_CASE("every format, in and out, gives the answers that GET gives") {
  const auto all = points();
  const auto expected = one_by_one(all);
  for (const kordon::batch::Format from : kordon::test::all_formats) {
    const auto body = body_in(from, all);
    for (const kordon::batch::Format to : kordon::test::all_formats) {
      CAPTURE(kordon::batch::name_of(from));
      CAPTURE(kordon::batch::name_of(to));
      const auto ran = kordon::test::run_batch({.from = from, .to = to}, body);
      REQUIRE(ran.status == 200);
      const auto answered = kordon::test::read_answer(to, ran.out);
      REQUIRE(answered.size() == expected.size());
      for (std::size_t i = 0; i < expected.size(); ++i) {
        CAPTURE(i);
        CHECK(answered[i] == expected[i]);
      }
    }
  }
}

TEST_CASE("an answer does not depend on how its body was split") {
  const std::string csv =
      "\xEF\xBB\xBFname;lat;lon;note\r\n\"a;\"\"b\";50.6;37;\"\"\"two\"\"\r\nlines\"\r\n\r\nx;1;2\r\n;\"50.4\";37;"
      "\"a\"b;c\n";
  const std::string spread =
      "{\"type\":\"FeatureCollection\", \"name\" : \"a ] b\", \"features\" : [ {\"type\":\"Feature\",\n \"geometry\":"
      "{\"type\":\"Point\",\"coordinates\":[37, 50.6, 3]},\"properties\":{\"s\":\"a,]}\\\"\"}} ,\n 17 ] , \"x\":[1] }";
  for (const auto& [from, body] :
       {std::pair(kordon::batch::Format::csv, csv),
        std::pair(kordon::batch::Format::ndjson, body_in(kordon::batch::Format::ndjson, points())),
        std::pair(kordon::batch::Format::geojsonseq, body_in(kordon::batch::Format::geojsonseq, points()))}) {
    for (const kordon::batch::Format to : kordon::test::all_formats) {
      const auto whole = kordon::test::run_batch({.from = from, .to = to}, body);
      REQUIRE(whole.status == 200);
      for (std::size_t bytes = 1; bytes < 40; ++bytes) {
        CHECK(kordon::test::run_batch({.from = from, .to = to, .piece_bytes = bytes}, body).out == whole.out);
      }
    }
  }
  const auto collection =
      kordon::test::run_batch({.from = kordon::batch::Format::geojson, .to = kordon::batch::Format::geojson}, spread);
  REQUIRE(collection.status == 200);
  const auto json = nlohmann::json::parse(collection.out);
  CHECK(json["name"] == "a ] b");
  CHECK(json["x"][0] == 1);
  CHECK(json["features"][0]["properties"]["s"] == "a,]}\"");
  CHECK(json["features"][0]["properties"]["verdict"] == "eligible");
  CHECK(json["features"][1]["properties"]["error"]["code"] == "wrong_type");
  CHECK(json["kordon"]["summary"]["errors"] == 1);
}

TEST_CASE("CSV passes through byte for byte") {
  for (const std::string delimiter : {",", ";", "\t", "|"}) {
    for (const std::string end : {"\n", "\r\n"}) {
      for (const std::string mark : {"", "\xEF\xBB\xBF"}) {
        const std::vector<std::string> rows{
            mark + "name" + delimiter + "LAT" + delimiter + "\"Lon\"" + delimiter + "note",
            "\"a" + delimiter + "\"\"b\"\"\"" + delimiter + "50.6" + delimiter + "37" + delimiter + "",
            "\xFF\xFE latin" + delimiter + " 50.6 " + delimiter + "\"37\"" + delimiter + "\"two" + end + "lines\"",
            delimiter + "+50.6" + delimiter + "3.7e1" + delimiter + "5\" pipe"};
        std::string body;
        for (const auto& row : rows) body += row + end;
        const auto ran = kordon::test::run_batch({}, body);
        REQUIRE(ran.status == 200);
        std::size_t at = 0;
        for (const auto& row : rows) {
          CHECK(ran.out.substr(at, row.size() + 1) == row + delimiter);
          const auto line_end = ran.out.find(end, at + row.size());
          if (&row != &rows[0]) CHECK(ran.out.substr(at, line_end - at).contains("eligible"));
          at = line_end + end.size();
        }
        CHECK(at == ran.out.size());
      }
    }
  }
}

TEST_CASE("columns and members are found by name, by other names, or as told") {
  const auto verdict_of = [](const std::string& query, const std::string& body,
                             kordon::batch::Format from = kordon::batch::Format::csv) {
    const auto ran = kordon::test::run_batch({.from = from, .to = kordon::batch::Format::ndjson, .query = query}, body);
    REQUIRE_MESSAGE(ran.status == 200, ran.out);
    const auto rows = kordon::test::read_answer(kordon::batch::Format::ndjson, ran.out);
    REQUIRE(rows.size() == 1);
    return rows[0].verdict + rows[0].error_code;
  };
  for (const std::string names : {"lon,lat", "Lng,LATITUDE", "Longitude (E),latitude", "x,Y", "long,lat"}) {
    CHECK(verdict_of("", names + "\n37,50.6\n") == "eligible");
  }
  CHECK(verdict_of("?lon_column=east&lat_column=north", "lon,lat,east,north\n1,1,37,50.6\n") == "eligible");
  CHECK(verdict_of("", "position\n\"50.6, 37\"\n") == "eligible");
  CHECK(verdict_of("?position_column=where", "where\n\"50.6N 37E\"\n") == "eligible");
  CHECK(verdict_of("?delimiter=%3B", "lon,x;lat;lon\n1;50.6;37\n") == "eligible");
  CHECK(verdict_of("", "lon;lat\n37,0;50,6\n") == "eligible");
  CHECK(verdict_of("", "lon,lat,depth_km\n37,50.6,5\n") == "ineligible");
  CHECK(verdict_of("?depth_km=5", "lon,lat,depth_km\n37,50.6,\n") == "ineligible");
  CHECK(verdict_of("?depth_km=5", "lon,lat,depth_km\n37,50.6,100\n") == "eligible");
  CHECK(verdict_of("?accuracy_m=20000", "lon,lat,accuracy_m\n37,50.6,\n") == "indeterminate");
  CHECK(verdict_of("?activity=fly", "lon,lat\n0,0\n") == "eligible");
  CHECK(verdict_of("", R"({"longitude":37,"latitude":50.6,"y":3})", kordon::batch::Format::ndjson) == "eligible");
  CHECK(verdict_of("", R"({"lon":37,"lat":50.6,"parameters":{"depth_km":5}})", kordon::batch::Format::ndjson) ==
        "ineligible");
  CHECK(verdict_of("", R"({"x":"far","lon":37,"lat":50.6,"y":"high"})", kordon::batch::Format::ndjson) == "eligible");
  CHECK(verdict_of("?at_column=when", R"({"lon":37,"lat":50.6,"when":"2024-05-29T00:00:00Z"})",
                   kordon::batch::Format::ndjson) == "ineligible");
}

TEST_CASE("members of a JSON row pass through untouched, and an old answer is replaced") {
  const std::string row = R"({"a":1e2, "b" : "\u00e9\"", "lon":37.0, "lat":50.60, "c":{"d":[1 , 2]}, "e":null)";
  const auto once =
      kordon::test::run_batch({.from = kordon::batch::Format::ndjson, .to = kordon::batch::Format::ndjson}, row + "}");
  CHECK(once.out.starts_with(row + R"(,"verdict":"eligible","margin_m":)"));
  const auto twice = kordon::test::run_batch(
      {.from = kordon::batch::Format::ndjson, .to = kordon::batch::Format::ndjson, .query = "?depth_km=5"}, once.out);
  const auto json = nlohmann::json::parse(twice.out);
  CHECK(json["verdict"] == "ineligible");
  CHECK(json["a"] == 100);
  CHECK(twice.out.find("verdict") == twice.out.rfind("verdict"));
  const auto csv = kordon::test::run_batch({}, "lon,lat,verdict\n37,50.6,mine\n");
  CHECK(csv.out.starts_with("lon,lat,verdict,verdict_2,margin_m,"));
}

TEST_CASE("what is in a row reaches every other format") {
  const std::string csv = "id,lon,lat,note\n7,37,50.6,\"a \"\"b\"\", c\"\n";
  const auto item = nlohmann::json::parse(kordon::test::run_batch({.to = kordon::batch::Format::ndjson}, csv).out);
  CHECK(item["id"] == "7");
  CHECK(item["lon"] == 37);
  CHECK(item["note"] == "a \"b\", c");
  const auto feature =
      nlohmann::json::parse(kordon::test::run_batch({.to = kordon::batch::Format::geojsonseq}, csv).out.substr(1));
  CHECK(feature["id"] == "7");
  CHECK(feature["geometry"]["coordinates"] == nlohmann::json::parse("[37.0,50.6]"));
  CHECK(feature["properties"]["note"] == "a \"b\", c");
  const std::string ndjson =
      "{\"id\":7,\"lon\":37,\"lat\":50.6,\"n\\u006fte\":\"a \\\"b\\\", c\",\"z\":[1,2]}\n{\"y\":1}\n";
  const auto table = kordon::test::read_csv(
      kordon::test::run_batch({.from = kordon::batch::Format::ndjson, .to = kordon::batch::Format::csv}, ndjson).out);
  CHECK(table[0] == std::vector<std::string>{"id", "lon", "lat", "note", "z", "y", "verdict", "margin_m", "distance_m",
                                             "nearest_lon", "nearest_lat", "regions", "error"});
  CHECK(table[1][3] == "a \"b\", c");
  CHECK(table[1][4] == "[1,2]");
  CHECK(table[2][5] == "1");
  const auto full = nlohmann::json::parse(
      kordon::test::run_batch({.from = kordon::batch::Format::ndjson, .to = kordon::batch::Format::json}, ndjson).out);
  CHECK(full["items"][0]["properties"]["note"] == "a \"b\", c");
  CHECK(full["items"][0]["verdicts"].size() == 2);
  CHECK(full["items"][1]["error"]["code"] == "missing");
  CHECK(full["summary"]["errors"] == 1);
}

TEST_CASE("JSON lines give every verdict with its reasons when asked in full") {
  const auto ran = kordon::test::run_batch(
      {.from = kordon::batch::Format::ndjson, .to = kordon::batch::Format::ndjson, .query = "?detail=full"},
      "{\"position\":\"50.6, 37\",\"at\":\"2024-05-31T00:00:00Z\"}\n");
  const auto json = nlohmann::json::parse(ran.out);
  CHECK(json["verdicts"][0]["because"]["clause"] == "inside RU");
  CHECK(json["at"] == "2024-05-31T00:00:00Z");
}

TEST_CASE("features have every verdict when asked in full, and answers that have no room for that refuse") {
  using kordon::batch::Format;
  for (const auto to : {Format::geojson, Format::geojsonseq}) {
    const auto ran = kordon::test::run_batch({.from = Format::ndjson, .to = to, .query = "?detail=full"},
                                             "{\"id\":1,\"position\":\"50.6, 37\",\"at\":\"2024-05-31T00:00:00Z\"}\n");
    const auto json = nlohmann::json::parse(ran.out.substr(ran.out.find('{')));
    const auto feature = to == Format::geojson ? json["features"][0] : json;
    CHECK(feature["geometry"]["coordinates"] == nlohmann::json({37, 50.6}));
    CHECK(feature["properties"]["verdicts"].size() == 2);
    CHECK(feature["properties"]["verdicts"][0]["because"]["clause"] == "inside RU");
  }
  const kordon::test::Batch csv{.from = Format::ndjson, .to = Format::csv, .query = "?detail=full"};
  CHECK(kordon::test::run_batch(csv, "{}\n").status == 400);
}
