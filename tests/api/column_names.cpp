// Names of columns that say where a row lies, in CSV and in JSON lines, and those that may.
#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "batch/column_name.hpp"
#include "batch/place_columns.hpp"
#include "tests/api/batch_run.hpp"
#include "tests/api/columns.hpp"
#include "tests/api/test_world.hpp"

using namespace kordon;
using batch::Format;
using test::answer_of;
using test::notices_of;

TEST_CASE("a column of a grid or code is one of positions where there is no other place") {
  // h3-py 4.3.1: latlng_to_cell(50.6, 37, 9 and 7); of pygeohash 3.5.1 and openlocationcode 1.0.1 for the same place.
  const std::string fine = "8911962d9a3ffff";
  const std::string coarse = "8711962d9ffffff";
  for (const std::string name :
       {"h3_9", "h3_09", "h3_res9", "h3_r9", "h3_index_9", "H3 cell 9", "h3_resolution_9", "h3index"}) {
    CAPTURE(name);
    CHECK(answer_of("id," + name + "\n1," + fine + "\n") == "eligible");
    CHECK(answer_of("{\"" + name + "\":\"" + fine + "\"}", {}, Format::ndjson) == "eligible");
  }
  for (const std::string name : {"h3_16", "h3_res", "h3_resolution", "h39", "h3_count"}) {
    CAPTURE(name);
    CHECK(batch::read_column_name(name).means == batch::NameMeans::nothing);
  }
  for (const auto& [name, value] : std::vector<std::pair<std::string, std::string>>{{"geohash", "ubfxsb"},
                                                                                    {"geohash", "geohash:ubfxsb"},
                                                                                    {"olc", "9G2VH222+22"},
                                                                                    {"plus_code", "9G2VJ222+22"},
                                                                                    {"mgrs_10m", "37UCS58460725"},
                                                                                    {"usng", "37U CS 5846 0725"},
                                                                                    {"utm", "37N 358460 5607250"}}) {
    CAPTURE(name);
    CHECK(answer_of(name + "\n" + value + "\n") == "eligible");
    CHECK(answer_of("{\"" + name + "\":\"" + value + "\"}", {}, Format::ndjson) == "eligible");
    CHECK(notices_of({"lon", "lat", name}).at(0).contains("not from `" + name + "`"));
  }
  CHECK(batch::find_place_columns({std::vector<std::string>{"h3_7", "h3_9", "h3_8"}, {}, false, false})->position == 1);
  CHECK(notices_of({"h3_7", "h3_9"}).at(0) == "positions are read from `h3_9`, not from `h3_7`");
  CHECK(answer_of("h3_7,mgrs\n" + coarse + ",37UCS58460725\n") == "eligible");
  CHECK(notices_of({"h3_7", "mgrs"}).at(0) == "positions are read from `mgrs`, not from `h3_7`");
  CHECK(answer_of("utm,easting,northing\n37U,358460,5607250\n").contains("state it (crs)"));
}

TEST_CASE("a column that may hold positions, by its name, is named with its option and not taken") {
  for (const std::string name : {"cell_id", "Cell", "hex", "grid_ref", "grid reference", "what3words"}) {
    CAPTURE(name);
    const auto refused = answer_of(name + ",value\n37UCS58460725,1\n");
    CHECK(refused.contains("the column `" + name + "` looks like a position"));
    CHECK(refused.contains("position_column"));
    CHECK(answer_of("{\"" + name + "\":\"37UCS58460725\"}", {}, Format::ndjson) == "missing");
  }
  CHECK(answer_of("cell_id\n8711962d9ffffff\n", "?position_column=cell_id") == "eligible");
  CHECK(notices_of({"lon", "lat", "grid_ref"}).at(0).contains("not from `grid_ref`"));
  CHECK(notices_of({"lon", "lat", "cell_id"}).empty());
}

TEST_CASE("latitudes and longitudes pair within a family of names") {
  for (const std::string names :
       {"lon_wgs84,lat_wgs84", "Longitude [deg],Latitude [deg]", "longitude_deg,latitude_deg", "lon_dd,lat_dd",
        "gps_lon,gps_lat", "centroid_lon,centroid_lat", "start_lon_deg,start_lat_deg", "LON_WGS_84,LAT_WGS_84",
        "lon (deg),lat (deg)", "lng.degrees,lat.degrees"}) {
    CAPTURE(names);
    CHECK(answer_of(names + "\n37,50.6\n") == "eligible");
    const auto comma = names.find(',');
    CHECK(answer_of("{\"" + names.substr(0, comma) + "\":37,\"" + names.substr(comma + 1) + "\":50.6}", {},
                    Format::ndjson) == "eligible");
  }
  CHECK(answer_of("lon_wgs84,lat_dd\n37,50.6\n").contains("make no pair"));
  CHECK(answer_of("lon,lat_wgs84\n37,50.6\n").contains("make no pair"));
  CHECK(answer_of("lon_dd,lat_dd,lon_deg,lat_deg\n1,1,37,50.6\n").contains("2 pairs"));
  CHECK(answer_of("{\"a_lon\":1,\"a_lat\":1,\"b_lon\":37,\"b_lat\":50.6}", {}, Format::ndjson) == "missing");
  // Those of WGS 84 hold beside others, and others are named.
  CHECK(answer_of("lon,lat,lon_wgs84,lat_wgs84\n1,1,37,50.6\n") == "eligible");
  CHECK(notices_of({"lon", "lat", "lon_wgs84", "lat_wgs84"}).at(0) ==
        "positions are read from `lon_wgs84` and `lat_wgs84`, not from `lon`, `lat`");
  CHECK(notices_of({"lon", "lat", "end_lon", "end_lat"}).at(0).contains("not from `end_lon`, `end_lat`"));
  // Degrees beside minutes in columns of their own are no latitude.
  CHECK(answer_of("lon_deg,lon_min,lat_deg,lat_min\n37,0,50,36\n").contains("expected columns"));
}
