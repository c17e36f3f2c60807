// Which columns are taken for what, and what is said of those that are not used.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "batch/batch_plan.hpp"
#include "batch/place_columns.hpp"
#include "tests/api/batch_run.hpp"
#include "tests/api/columns.hpp"
#include "tests/api/test_world.hpp"

using namespace kordon;
using batch::Format;
using test::answer_of;
using test::notices_of;

TEST_CASE("longitude and latitude come from one pair of columns") {
  CHECK(answer_of("X,lat,long\n1,50.6,37\n") == "eligible");
  for (const std::string names : {"Longitude (E),Latitude (N)", "decimalLongitude,decimalLatitude",
                                  "_GPS_longitude,_GPS_latitude", "довгота,широта", "Долгота,Широта",
                                  "start_lon,start_lat", "location.lng,location.lat", "GPS Longitude,GPS Latitude"}) {
    CAPTURE(names);
    CHECK(answer_of(names + "\n37,50.6\n") == "eligible");
  }
  CHECK(answer_of("x,lat\n37,50.6\n").contains("make no pair"));
  CHECK(answer_of("lon,y\n37,50.6\n").contains("make no pair"));
  CHECK(answer_of("x,lon,y\n1,37,50.6\n").contains("make no pair"));
  CHECK(answer_of("start_lon,start_lat,end_lon,end_lat\n37,50.6,1,1\n").contains("2 pairs"));
  CHECK(answer_of("latitude,lon,longitude,lat\n1,37,1,50.6\n") == "eligible");
  CHECK(answer_of(R"({"x":1,"lat":50.6,"long":37})", {}, Format::ndjson) == "eligible");
  CHECK(answer_of(R"({"x":37,"lat":50.6})", {}, Format::ndjson) == "missing");
}

TEST_CASE("positions stand in columns of texts by other names, too") {
  CHECK(answer_of("mgrs\n37U CS 5846 0725\n") == "eligible");
  CHECK(answer_of("wkt\nPOINT (37 50.6)\n") == "eligible");
  CHECK(answer_of("Coordinates\n\"50.6N, 37E\"\n") == "eligible");
  CHECK(notices_of({"lon", "lat", "mgrs"}).at(0).contains("not from `mgrs`"));
}

TEST_CASE("a column of H3 cells is one of positions where there is no other place") {
  const std::string cell = "8711962d9ffffff";  // h3-py 4.3.1: latlng_to_cell(50.6, 37, 7)
  const std::string number = "608295337026650111";
  for (const std::string name : {"h3", "h3_cell", "h3_index", "h3_id", "hex_id", "position"}) {
    CAPTURE(name);
    CHECK(answer_of("id," + name + "\n1," + cell + "\n") == "eligible");
    CHECK(answer_of("id," + name + "\n1," + number + "\n") == "eligible");
    CHECK(answer_of("{\"" + name + "\":\"" + cell + "\"}", {}, Format::ndjson) == "eligible");
    CHECK(answer_of("{\"" + name + "\":" + number + "}", {}, Format::ndjson) == "eligible");
  }
  CHECK(answer_of("{\"tile\":" + number + "}", "?position_column=tile", Format::ndjson) == "eligible");
  CHECK(answer_of("H3 Index\n" + cell + "\n") == "eligible");
  CHECK(answer_of("h3\n" + cell.substr(1) + "\n") == "bad_position");
  CHECK(notices_of({"lon", "lat", "h3_index"}).at(0).contains("not from `h3_index`"));
}

TEST_CASE("a JSON row's own cell of H3 stands aside for its coordinates") {
  const std::string far = R"("h3":"8f6200000000000")";
  for (const std::string place : {R"("lon":37,"lat":50.6)", R"("x":37,"y":50.6)", R"("location":{"lat":50.6,"lon":37})",
                                  R"("position":"50.6N 37E")", R"("crs":4326,"lon":37,"lat":50.6)"}) {
    CAPTURE(place);
    CHECK(answer_of("{" + far + "," + place + "}", {}, Format::ndjson) == "eligible");
    CHECK(answer_of("{" + place + "," + far + "}", {}, Format::ndjson) == "eligible");
  }
  CHECK(answer_of(R"({"lon":37,)" + far + "}", {}, Format::ndjson) == "missing");
  CHECK(answer_of("{" + far + "}", {}, Format::ndjson) != "eligible");
}

TEST_CASE("separate columns take what a position text takes") {
  for (const std::string row : {"37°0'0\"E,50°36'0\"N", "37 00 E,50 36 N", "\"37,0\",\"50,6\"", "E 37,N 50.6",
                                "037-00-00E,50-36-00N", "0370000E,503600N", "\xE2\x81\xBA,x"}) {
    CAPTURE(row);
    const bool read = !row.ends_with('x');
    CHECK(answer_of("lon,lat\n" + row + "\n") == (read ? "eligible" : "not_a_number"));
  }
  CHECK(answer_of("lon,lat\n37N,50.6\n") == "not_a_number");
  CHECK(answer_of(R"({"lon":"37","lat":"50.6"})", {}, Format::ndjson) == "eligible");
}

TEST_CASE("columns that look meant and are not used are named with their option") {
  for (const std::string name : {"time", "timestamp", "event_date", "Date", "acq_date"}) {
    CAPTURE(name);
    const auto notices = notices_of({"lon", "lat", name});
    REQUIRE(notices.size() == 1);
    CHECK(notices[0].contains("`" + name + "`"));
    CHECK(notices[0].contains("at_column"));
  }
  for (const std::string name : {"accuracy", "hdop", "geo_precision"}) {
    CAPTURE(name);
    CHECK(notices_of({"lon", "lat", name}).at(0).contains("accuracy_column"));
  }
  CHECK(notices_of({"lon", "lat", "name", "lighttime"}).empty());
  CHECK(notices_of({"lon", "lat", "at", "time"}).empty());
}

TEST_CASE("names that are certain are used") {
  CHECK(answer_of("decimalLongitude,decimalLatitude,coordinateUncertaintyInMeters\n37,50.6,20000\n") ==
        "indeterminate");
  CHECK(answer_of("_GPS_latitude,_GPS_longitude,_GPS_altitude,_GPS_precision\n50.6,37,120,20000\n") == "indeterminate");
  // NASA FIRMS: two columns in UTC, the second without leading zeros.
  const std::string firms = "latitude,longitude,acq_date,acq_time\n50.6,37,";
  CHECK(answer_of(firms + "2024-05-29,2359\n") == "ineligible");
  CHECK(answer_of(firms + "2024-05-30,3\n") == "eligible");
  CHECK(answer_of("lon,lat,day,hour\n37,50.6,30.05.2024,02:59\n",
                  "?at_column=day&at_time_column=hour&at_zone=Europe/Kyiv") == "ineligible");
  CHECK(answer_of("lon,lat,day,hour\n37,50.6,30.05.2024,02.59\n",
                  "?at_column=day&at_time_column=hour&at_zone=Europe/Kyiv&at_format=%25d.%25m.%25Y%20%25H.%25M") ==
        "ineligible");
  CHECK(answer_of("lon,lat,when\n37,50.6,1717027199\n", "?at_column=when&at_format=unix") == "ineligible");
}

TEST_CASE("a header that ends in a delimiter has a column only where rows have it") {
  CHECK(answer_of("X,Y,name,\n37,50.6,a\n", "?at=2024-06-15T00:00:00Z") == "eligible");
  CHECK(answer_of("X,Y,name,\n37,50.6,a,\n", "?at=2024-06-15T00:00:00Z") == "eligible");
  CHECK(answer_of("X,Y,name,\n37,50.6\n", "?at=2024-06-15T00:00:00Z") == "wrong_columns");
}

TEST_CASE("a number that may be a time is refused with the formats it may have") {
  const auto ran =
      test::run_batch({.from = Format::ndjson, .to = Format::ndjson}, R"({"lon":37,"lat":50.6,"at":1717027199000})"
                                                                      "\n");
  CHECK(ran.out.contains("at_format"));
  const auto read = test::run_batch({.from = Format::ndjson, .to = Format::ndjson, .query = "?at_format=unix_ms"},
                                    R"({"lon":37,"lat":50.6,"at":1717027199000})"
                                    "\n");
  CHECK(read.out.contains("ineligible"));
}

TEST_CASE("a hole in a column of times is an error of its row, unless a time is stated") {
  const std::string at = "?at=2024-05-29T00:00:00Z";
  CHECK(answer_of("lon,lat,at\n37,50.6,\n") == "missing");
  CHECK(answer_of("lon,lat,at\n37,50.6,\n", at) == "ineligible");
  CHECK(answer_of(R"({"lon":37,"lat":50.6,"at":null})", {}, Format::ndjson) == "missing");
  CHECK(answer_of(R"({"lon":37,"lat":50.6,"at":null})", at, Format::ndjson) == "ineligible");
  CHECK(answer_of(R"({"lon":37,"lat":50.6})", {}, Format::ndjson) == "eligible");
}

TEST_CASE("lines may end in CR alone, and a header may be long") {
  const auto ran = test::run_batch({}, "lon,lat\r37,50.6\r37,50.7\r");
  CHECK(ran.status == 200);
  CHECK(ran.totals.rows == 2);
  CHECK(std::ranges::count(ran.out, '\r') == 3);
  CHECK(ran.out.contains("37,50.7,eligible"));
  std::string names = "lon";
  std::string cells = "37";
  for (int i = 0; names.size() < 200'000; ++i) {
    names += ",column_" + std::to_string(i);
    cells += ",";
  }
  for (const std::size_t piece : {std::size_t{1'000}, std::size_t{1'000'000}}) {
    const auto wide = test::run_batch({.piece_bytes = piece}, names + ",lat\n" + cells + ",50.6\n");
    CHECK(wide.status == 200);
    CHECK(wide.totals.rows_in_error == 0);
  }
  CHECK(test::run_batch({}, "lon,lat," + std::string(2'000'000, 'x')).out.contains("row_too_long"));
}

TEST_CASE("a body without a row is an error that says why") {
  CHECK(test::run_batch({}, "lon,lat36.5,50.637,50.6").status == 400);
  CHECK(test::run_batch({}, "lon,lat").out.contains("--data-binary"));
  CHECK(test::run_batch({}, "lon,lat\n").out.contains("no row"));
  CHECK(test::run_batch({.from = Format::ndjson, .to = Format::ndjson}, "").status == 400);
}

TEST_CASE("text that is not UTF-8 is an error of its row where JSON is asked for") {
  const std::string cp1251 = "lon,lat,name\n37,50.6,\xD5\xE0\xF0\xEA\xB3\xE2\n";
  CHECK(answer_of(cp1251) == "bad_encoding");
  CHECK(test::run_batch({}, cp1251).out.contains("\xD5\xE0\xF0\xEA\xB3\xE2,eligible"));
}

TEST_CASE("GeoJSON in another reference system is refused, wherever it says so") {
  const std::string feature =
      R"({"type":"Feature","geometry":{"type":"Point","coordinates":[37,50.6]},"properties":{}})";
  const auto status_of = [&](const std::string& before, const std::string& behind) {
    return test::run_batch(
               {.from = Format::geojson, .to = Format::geojson},
               R"({"type":"FeatureCollection",)" + before + R"("features":[)" + feature + "]" + behind + "}")
        .status;
  };
  const std::string sk42 = R"("crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4284"}})";
  const std::string crs84 = R"("crs": { "type": "name", "properties": { "name": "urn:ogc:def:crs:OGC:1.3:CRS84" } })";
  CHECK(status_of(sk42 + ",", "") == 400);
  CHECK(status_of("", "," + sk42) != 200);
  CHECK(status_of(crs84 + ",", "") == 200);
  CHECK(status_of("\"crs\":null,", "") == 200);
  CHECK(answer_of(feature.substr(0, feature.size() - 1) + "," + sk42 + "}", {}, Format::geojsonseq) == "bad_geometry");
}

TEST_CASE("a place may lie one level down, as document stores and browsers have it") {
  const auto plain = test::run_batch({.from = Format::ndjson, .to = Format::csv}, "{\"lon\":37,\"lat\":50.6}\n").out;
  const auto answer = plain.substr(plain.find('\n') + 1 + std::string("37,50.6").size());
  for (const std::string nested :
       {R"({"location":{"lat":50.6,"lon":37}})", R"({"geo":{"longitude":"37","latitude":"50.6"}})",
        R"({"geometry":{"type":"Point","coordinates":[37,50.6]}})",
        R"({"geometry":{"type":"MultiPoint","coordinates":[[37,50.6]]}})",
        R"({"type":"Point","coordinates":[37,50.6]})",
        R"({"position":{"lon":37,"lat":50.6,"accuracy_m":0},"location":"Belgorod"})"}) {
    CAPTURE(nested);
    const auto ran = test::run_batch({.from = Format::ndjson, .to = Format::csv}, nested + "\n").out;
    CHECK(ran.contains(answer.substr(0, answer.size() - 1)));
  }
  for (const std::string unclear :
       {R"({"location":{"lat":50.6}})", R"({"location":{"lat":50.6,"lon":37},"geo":{"lat":50,"lon":30}})",
        R"({"geometry":{"type":"MultiPoint","coordinates":[[37,50.6],[38,50.6]]}})"}) {
    CAPTURE(unclear);
    CHECK(test::run_batch({.from = Format::ndjson, .to = Format::csv}, unclear + "\n").out.contains("missing: "));
  }
}

TEST_CASE("an array does not say which of its numbers is the longitude") {
  for (const std::string name : {"location", "position", "coordinates", "latlng", "point"}) {
    CAPTURE(name);
    const auto out = test::run_batch({.from = Format::ndjson, .to = Format::csv}, "{\"" + name + "\":[37,50.6]}\n").out;
    CHECK(out.contains("wrong_type: " + name + ": an array does not say"));
  }
  CHECK(answer_of(R"({"lon":37,"lat":50.6,"point":[1,2]})", {}, Format::ndjson) == "eligible");
}

TEST_CASE("an accuracy and a time of JSON rows are taken by the names that CSV has") {
  for (const std::string accuracy :
       {R"("lon":37,"lat":50.6,"_gps_precision":20000)", R"("lon":37,"lat":50.6,"Accuracy_M":20000)",
        R"("_at_longitude":37,"_at_latitude":50.6,"_at_precision":20000)",
        R"("location":{"lon":37,"lat":50.6,"accuracy_m":20000})",
        R"("coords":{"longitude":37,"latitude":50.6,"accuracy":20000})"}) {
    CAPTURE(accuracy);
    CHECK(answer_of("{" + accuracy + "}", {}, Format::ndjson) == "indeterminate");
  }
  CHECK(answer_of(R"({"coords":{"longitude":37,"latitude":50.6,"accuracy":20000},"accuracy_m":5})", {},
                  Format::ndjson) == "eligible");
  CHECK(answer_of(R"({"lon":37,"lat":50.6,"At":"2024-05-29T00:00:00Z"})", {}, Format::ndjson) == "ineligible");
  CHECK(answer_of(R"({"type":"Feature","geometry":{"type":"Point","coordinates":[37,50.6]},)"
                  R"("properties":{"_gps_precision":20000}})",
                  {}, Format::geojsonseq) == "indeterminate");
}

TEST_CASE("members of JSON rows that look meant and are not used are named") {
  const std::string place = R"("lon":37,"lat":50.6,)";
  const std::pair<std::string, std::string> cases[] = {
      {place + R"("mgrs":"37UCS5846007250")", "positions are read from `lon` and `lat`, not from `mgrs`"},
      {place + R"("h3":"8711962d9ffffff")", "positions are read from `lon` and `lat`, not from `h3`"},
      {place + R"("acq_date":"2024-05-29","acq_time":3)", "`acq_date` looks like times"},
      {place + R"("device":1,"device.time":3)", "`device.time` looks like times"},
      {R"("location":{"lon":37,"lat":50.6,"accuracy":30})", "`location.accuracy` looks like an accuracy"},
      {R"("coords":{"longitude":37,"latitude":50.6,"accuracy":30})", ""},
      {place + R"("_gps_precision":30,"point":{"a":1})", ""},
  };
  const auto world = test::small_world();
  for (const auto& [row, expected] : cases) {
    CAPTURE(row);
    batch::BatchOptions options;
    options.from = Format::ndjson;
    const auto plan = batch::open_plan(*world, std::move(options), "{" + row + "}\n");
    REQUIRE(plan);
    REQUIRE(plan->notices.size() == (expected.empty() ? 0 : 1));
    if (!expected.empty()) CHECK(plan->notices[0].contains(expected));
  }
}

TEST_CASE("a MultiPoint of one point is that point") {
  const auto feature = [](const std::string& type, const std::string& coordinates) {
    return R"({"type":"Feature","geometry":{"type":")" + type + R"(","coordinates":)" + coordinates +
           R"(},"properties":{}})";
  };
  const auto point = answer_of(feature("Point", "[37,50.6]"), {}, Format::geojsonseq);
  CHECK(answer_of(feature("MultiPoint", "[[37,50.6]]"), {}, Format::geojsonseq) == point);
  CHECK(answer_of(feature("MultiPoint", "[ [ 37 , 50.6 ] ]"), {}, Format::geojsonseq) == point);
  for (const char* others : {"[[37,50.6],[38,50.6]]", "[]", "[37,50.6]", "[[]]"}) {
    CAPTURE(others);
    CHECK(answer_of(feature("MultiPoint", others), {}, Format::geojsonseq) == "bad_geometry");
  }
}

TEST_CASE("bodies may be called by the names that browsers and libraries give them") {
  for (const std::string type :
       {"text/csv; header=present", "text/csv; charset=utf-8; header=present", "application/vnd.ms-excel"}) {
    CHECK(test::post("lon,lat\n37,50.6\n", type).body.contains("eligible"));
  }
  CHECK(test::post("{\"lon\":37,\"lat\":50.6}\n", "application/ndjson").body.contains("eligible"));
  CHECK(test::post("lon,lat\n37,50.6\n", "text/csv; header=absent").status == 415);
}
