// Lines and areas as GeoJSON features, in every format that has them.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "tests/api/batch_run.hpp"

using kordon::batch::Format;
using kordon::test::run_batch;
using nlohmann::json;

namespace {

json feature(const std::string& type, json coordinates, json properties = json::object()) {
  return {{"type", "Feature"},
          {"id", 7},
          {"geometry", {{"type", type}, {"coordinates", std::move(coordinates)}}},
          {"properties", std::move(properties)}};
}

/// From UA to the north across the border at 50.5, an hour in all.
json track(json more = json::object()) {
  json properties{{"coordTimes", {"2024-06-01T00:00:00Z", "2024-06-01T01:00:00Z"}}, {"activity", "fire"}};
  properties.update(more);
  return feature("LineString", {{37, 50.4}, {37, 50.6}}, properties);
}

/// The flat row.
json sums(const json& row) {
  const auto ran = run_batch({Format::geojsonseq, Format::geojsonseq}, row.dump() + "\n");
  REQUIRE(ran.status == 200);
  return json::parse(ran.out.substr(ran.out.find('{')))["properties"];
}

/// All that is found.
json answer(const json& row) {
  const auto ran =
      run_batch({Format::geojson, Format::json}, json{{"type", "FeatureCollection"}, {"features", {row}}}.dump());
  REQUIRE(ran.status == 200);
  return json::parse(ran.out)["items"][0];
}

}  // namespace

TEST_CASE("a track is answered by its intervals and crossings, or by their sums") {
  const auto got = answer(track());
  REQUIRE(got["intervals"].size() == 3);
  CHECK(got["intervals"][0]["verdict"] == "not_applicable");
  CHECK(got["intervals"][1]["verdict"] == "indeterminate");
  CHECK(got["intervals"][2]["verdict"] == "eligible");
  // The line is good to 100 m.
  CHECK(std::abs(got["intervals"][1]["length_m"].get<double>() - 200) < 0.01);
  const auto& crossing = got["crossings"][0];
  CHECK(crossing["from"] == "not_applicable");
  CHECK(crossing["to"] == "indeterminate");
  CHECK(crossing["because"]["clause"] == "inside RU");
  CHECK(crossing["time_range"] == json({"2024-06-01T00:00:00Z", "2024-06-01T01:00:00Z"}));
  CHECK(got["id"] == 7);
  CHECK(got["properties"]["coordTimes"].size() == 2);
  const auto line = got["length_m"].get<double>();
  const auto flat = sums(track());
  CHECK(flat["verdict"].is_null());
  CHECK(flat["length_m"] == line);
  CHECK(flat["indeterminate_m"] == got["intervals"][1]["length_m"]);
  CHECK(flat["eligible_s"] == got["intervals"][2]["dwell_s"]);
  CHECK(flat["duration_s"] == 3600);
  CHECK(flat["crossings"] == 2);
  CHECK(flat["regions"] == json({"RU", "UA"}));
  CHECK(std::abs(flat["least_margin_m"].get<double>()) < 0.01);
  CHECK(flat["coordTimes"].size() == 2);
}

TEST_CASE("a row that was answered before is answered again, once") {
  auto again = track();
  again["properties"].update(sums(again));
  const auto ran = run_batch({Format::geojsonseq, Format::geojsonseq}, again.dump() + "\n");
  CHECK(ran.out.find("eligible_m\"") == ran.out.rfind("\"eligible_m\"") + 1);
  CHECK(json::parse(ran.out)["properties"] == again["properties"]);
}

TEST_CASE("a track that began before a rule is judged by the rules of its own times") {
  const json times{{"coordTimes", {"2024-05-29T23:00:00Z", "2024-05-30T01:00:00Z"}}};
  auto inside = track(times);
  inside["geometry"]["coordinates"] = {{37, 50.7}, {37, 50.8}};
  const auto got = answer(inside);
  REQUIRE(got["intervals"].size() == 2);
  CHECK(got["intervals"][0]["verdict"] == "ineligible");
  CHECK(got["intervals"][1]["from_time"] == "2024-05-30T00:00:00Z");
  inside["properties"]["at"] = "2024-06-15T00:00:00Z";
  CHECK(answer(inside)["intervals"].size() == 1);
}

TEST_CASE("with all detail as GeoJSON a line becomes features: its intervals end to end, and its crossings") {
  auto row = track({{"name", "ride"}});
  row["geometry"]["coordinates"] = {{37, 50.4}, {37.1, 50.45}, {37, 50.6}};
  row["properties"]["coordTimes"].push_back("2024-06-01T02:00:00Z");
  const auto ran = run_batch({Format::geojson, Format::geojson, "?detail=full"},
                             json{{"type", "FeatureCollection"}, {"features", {row, row}}}.dump());
  const auto features = json::parse(ran.out)["features"];
  const auto whole = answer(row);
  REQUIRE(features.size() == 2 * (whole["intervals"].size() + whole["crossings"].size()));
  json line = json::array();
  std::size_t intervals = 0;
  for (std::size_t i = 0; i < features.size() / 2; ++i) {
    const auto& properties = features[i]["properties"];
    CHECK(properties["of"] == json({{"id", 7}, {"name", "ride"}}));
    if (properties["kind"] == "crossing") {
      CHECK(features[i]["geometry"]["type"] == "Point");
      continue;
    }
    CHECK(properties["from_m"] == whole["intervals"][intervals++]["from_m"]);
    const auto& places = features[i]["geometry"]["coordinates"];
    if (!line.empty()) CHECK(line.back() == places.front());
    for (const auto& place : places) line.push_back(place);
  }
  CHECK(line.front() == json({37, 50.4}));
  CHECK(line.back() == json({37, 50.6}));
  CHECK(std::ranges::find(line, json({37.1, 50.45})) != line.end());
  const auto seq = run_batch({Format::geojsonseq, Format::geojsonseq, "?detail=full"}, row.dump() + "\n");
  CHECK(static_cast<std::size_t>(std::ranges::count(seq.out, '\n')) == features.size() / 2);
}

TEST_CASE("an area is answered by its shares") {
  const json ring{{36.5, 50.4}, {36.6, 50.4}, {36.6, 50.6}, {36.5, 50.6}, {36.5, 50.4}};
  const auto got = answer(feature("Polygon", json::array({ring}), {{"activity", "fire"}}));
  double sum = 0;
  for (const auto& share : got["shares"]) sum += share["share"].get<double>();
  CHECK(std::abs(sum - 1) < 1e-6);
  CHECK(got["shares"]["ineligible"]["extent"] == "none");
  CHECK(got["shares"]["eligible"]["extent"] == "some");
  CHECK(std::abs(got["shares"]["indeterminate"]["share"].get<double>() - 200 / (0.2 * 111248.0)) < 1e-4);
  const auto disc = answer(feature("Point", {37, 51}, {{"disc_radius_m", 1000}, {"activity", "fire"}}));
  CHECK(disc["shares"]["eligible"]["extent"] == "all");
  CHECK(std::abs(disc["area_m2"].get<double>() / 3.14159265e6 - 1) < 1e-6);
  for (const double radius_m : {1e-300, 0.0009, 0.0, -1.0}) {
    CHECK(answer(feature("Point", {37, 51}, {{"disc_radius_m", radius_m}}))["error"].dump().contains("disc_radius_m"));
  }
}

TEST_CASE("what is wrong with a line or an area is told with its position, and the rows around it are answered") {
  const auto message = [](const json& row) { return sums(row)["error"].dump(); };
  CHECK(message(feature("LineString", json::array({{37, 50}}))).contains("at least two positions"));
  CHECK(message(track({{"coordTimes", {"2024-06-01T01:00:00Z", "2024-06-01T00:00:00Z"}}})).contains("coordinates[1]"));
  CHECK(message(track({{"coordTimes", {"2024-06-01T01:00:00Z"}}})).contains("as many values as positions, 2"));
  CHECK(message(track({{"edges", "curved"}})).contains("expected `planar` or `geodesic`"));
  CHECK(message(track({{"depth_km", 1000}})).contains("out_of_range"));
  CHECK(message(feature("LineString", {{37, 50}, {37, 95}})).contains("coordinates[1]"));
  const auto csv = run_batch({Format::geojsonseq, Format::csv}, track().dump() + "\n");
  CHECK(csv.out.contains("ask for GeoJSON, NDJSON or JSON"));
  CHECK(message(feature("LineString", {{37, 50}, {50, 95}})).contains("are they exchanged?"));
  const json crossed{{36, 50}, {36.2, 50.2}, {36.2, 50}, {36, 50.2}, {36, 50}};
  CHECK(message(feature("Polygon", json::array({crossed}))).contains("Self-intersection"));
  const json open{{36, 50}, {36.2, 50.2}, {36.2, 50}, {36, 50.2}};
  CHECK(message(feature("Polygon", json::array({open}))).contains("not closed"));
  auto there = track();
  there["crs"] = {{"type", "name"}, {"properties", {{"name", "EPSG:3857"}}}};
  CHECK(message(there).contains("crs"));
}

TEST_CASE("what holds for all lines of a request stands in its query") {
  const auto body = track().dump() + "\n";
  const auto gap = run_batch({Format::geojsonseq, Format::geojsonseq, "?max_gap_s=60"}, body);
  CHECK(json::parse(gap.out)["properties"]["gaps"] == 1);
  const auto own = track({{"max_gap_s", 7200}}).dump() + "\n";
  CHECK(json::parse(
            run_batch({Format::geojsonseq, Format::geojsonseq, "?max_gap_s=60"}, own).out)["properties"]["gaps"] == 0);
  CHECK(run_batch({Format::geojsonseq, Format::geojsonseq, "?edges=curved"}, body).status == 400);
  CHECK(run_batch({Format::geojsonseq, Format::geojsonseq, "?max_gap_s=0"}, body).status == 400);
}

TEST_CASE("a line that costs more than a stream may is refused with what to do, and is counted") {
  // Back and forth across the border, 30,000 times.
  json zigzag = json::array();
  for (int i = 0; i < 30000; ++i) zigzag.push_back({37 + i * 1e-5, i % 2 == 0 ? 50.4 : 50.6});
  const auto body = feature("LineString", zigzag).dump() + "\n" + track().dump() + "\n";
  const auto ran = run_batch({Format::geojsonseq, Format::geojsonseq}, body);
  CHECK(ran.out.contains("too_detailed"));
  CHECK(ran.out.contains("kordon score"));
  CHECK(ran.totals.rows == 2);
  CHECK(ran.totals.rows_in_error == 1);
  CHECK(ran.totals.cost > 500);
}

TEST_CASE("properties that the parts of a line would repeat to more than 16 MB are refused") {
  json zigzag = json::array();
  for (int i = 0; i < 40; ++i) zigzag.push_back({37 + i * 1e-3, i % 2 == 0 ? 50.4 : 50.6});
  const auto with_note = [&](std::size_t bytes) {
    const auto body = feature("LineString", zigzag, {{"note", std::string(bytes, 'a')}}).dump() + "\n";
    return run_batch({Format::geojsonseq, Format::geojsonseq, "?detail=full"}, body).out;
  };
  const auto refused = with_note(1 << 20);
  CHECK(refused.contains("too_detailed"));
  CHECK(refused.contains("leave long ones out"));
  CHECK(refused.size() < (3U << 20U));
  CHECK_FALSE(with_note(1000).contains("too_detailed"));
}
