// Lines and areas of files, through the program, on the data that ships.
#include <doctest/doctest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/cli/program.hpp"

using kordon::test::run;
using nlohmann::json;

namespace {

const std::string at = "2024-06-15T00:00:00Z";

struct Folder {
  std::filesystem::path path;

  Folder() {
    std::string name = std::filesystem::temp_directory_path() / "kordon_extents_XXXXXX";
    path = mkdtemp(name.data());
  }
  ~Folder() { std::filesystem::remove_all(path); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(path / name, std::ios::binary) << text;
    return path / name;
  }
};

/// From Kharkiv oblast to the north, across the border.
constexpr const char* track = R"(<trk><name>ride</name><trkseg>
<trkpt lat="50.1" lon="36.5"><time>2024-06-01T00:00:00Z</time></trkpt>
<trkpt lat="50.6" lon="36.5"><time>2024-06-01T01:00:00Z</time></trkpt></trkseg><trkseg>
<trkpt lat="50.6" lon="36.6"><time>2024-06-01T02:00:00Z</time></trkpt>
<trkpt lat="50.5" lon="36.6"><time>2024-06-01T02:30:00Z</time></trkpt></trkseg></trk>)";

std::string gpx(const std::string& inside) {
  return R"(<gpx version="1.1" creator="test" xmlns="http://www.topografix.com/GPX/1/1">)" + inside + "</gpx>";
}

}  // namespace

TEST_CASE("a GPX track is scored with its times, its segments apart") {
  const Folder folder;
  const auto ran =
      run({"score", folder.write("a.gpx", gpx(track)), "--to", "ndjson", "--full", "--activity", "counter-fire"});
  REQUIRE(ran.status == 0);
  CHECK(ran.err.contains("lines and areas: 1"));
  const auto row = json::parse(ran.out);
  CHECK(row["properties"]["name"] == "ride");
  CHECK(row["duration_s"] == 9000);
  CHECK(row["gaps"][0]["reason"] == "between two lines");
  CHECK(row["gaps"][0]["from_time"] == "2024-06-01T01:00:00Z");
  const auto& crossing = row["crossings"][0];
  CHECK(crossing["from"] == "not_applicable");
  CHECK(crossing["time_range"] == json({"2024-06-01T00:00:00Z", "2024-06-01T01:00:00Z"}));
  // The place is where a point there says that the border is, half a millimetre off at most.
  std::ostringstream lat;
  lat.precision(10);
  lat << crossing["lat"].get<double>();
  const auto point =
      json::parse(run({"evaluate", "--lon", "36.5", "--lat", lat.str(), "--at", "2024-06-01T00:30:00Z"}).out);
  const double off_m =
      std::abs(point["borders"][0]["distance_m"].get<double>() - point["borders"][0]["accuracy_m"].get<double>());
  CHECK(off_m < 0.01);
}

TEST_CASE("polygons of a layer are scored, and come back as features with the sums") {
  const Folder folder;
  const std::string ring = "[[36.5,50.2],[36.6,50.2],[36.6,50.5],[36.5,50.5],[36.5,50.2]]";
  const auto parcels = folder.write(
      "parcels.geojson", R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"parcel":7},)"
                         R"("geometry":{"type":"Polygon","coordinates":[)" +
                             ring + "]}}]}");
  const auto ran = run({"score", parcels, "--activity", "counter-fire", "--at", at});
  REQUIRE(ran.status == 0);
  const auto feature = json::parse(ran.out)["features"][0];
  CHECK(feature["geometry"]["type"] == "Polygon");
  const auto& sums = feature["properties"];
  CHECK(sums["parcel"] == 7);
  CHECK(sums["verdict"].is_null());
  double share = 0;
  for (const auto* verdict : {"eligible", "ineligible", "indeterminate", "not_applicable"}) {
    share += sums[std::string(verdict) + "_share"].get<double>();
  }
  CHECK(std::abs(share - 1) < 1e-7);
  CHECK(run({"score", parcels, "-o", (folder.path / "out.gpkg").string(), "--at", at})
            .err.contains("points alone are written in this format"));
  CHECK(run({"score", parcels, "--to", "csv", "--at", at}).status == 3);
}

TEST_CASE("options say how lines are read, and wrong ones are refused") {
  const Folder folder;
  const auto file = folder.write("a.gpx", gpx(track));
  const auto ran = run({"score", file, "--to", "ndjson", "--max-gap-s", "60", "--activity", "counter-fire"});
  CHECK(json::parse(ran.out)["gaps"] == 3);
  CHECK(run({"score", file, "--to", "ndjson", "--edges", "curved"}).err.contains("expected planar or geodesic"));
  CHECK(run({"score", file, "--to", "ndjson", "--max-gap-s", "0"}).status != 0);
}

TEST_CASE("fixes of several objects make a line each, as if they had come as lines") {
  const Folder folder;
  const auto csv = folder.write("fixes.csv",
                                "ship,lon,lat,seen\n"
                                "a,36.5,50.1,2024-06-01T00:00:00Z\n"
                                "b,36.0,50.0,2024-06-01T00:00:00Z\n"
                                "a,36.5,50.6,2024-06-01T01:00:00Z\n"
                                "a,36.5,x,2024-06-01T01:30:00Z\n"
                                "b,36.0,50.0,2024-06-01T00:30:00Z\n");
  const auto ran =
      run({"score", csv, "--lines", "--id-column", "ship", "--at-column", "seen", "--activity", "counter-fire"});
  REQUIRE(ran.status == 0);
  CHECK(ran.err.contains("look: row 4: "));
  std::istringstream rows(ran.out);
  std::string line;
  std::getline(rows, line);
  const auto a = json::parse(line);
  CHECK(a["id"] == "a");
  CHECK(a["duration_s"] == 3600);
  CHECK(a["crossings"] == 2);
  std::getline(rows, line);
  CHECK(json::parse(line)["id"] == "b");
  const auto same = folder.write(
      "a.geojsonl", R"({"type":"Feature","geometry":{"type":"LineString","coordinates":[[36.5,50.1],[36.5,50.6]]},)"
                    R"("properties":{"coordTimes":["2024-06-01T00:00:00Z","2024-06-01T01:00:00Z"]}})");
  const auto direct = json::parse(run({"score", same, "--to", "ndjson", "--activity", "counter-fire"}).out);
  CHECK(direct["eligible_m"] == a["eligible_m"]);
  CHECK(direct["eligible_s"] == a["eligible_s"]);
}

TEST_CASE("fixes in another order than that of time are put in it, which is said") {
  const Folder folder;
  const std::string header = "ship,lon,lat,seen\n";
  const std::string rows[] = {"a,36.5,50.1,2024-06-01T00:00:00Z\n", "a,36.5,50.4,2024-06-01T00:40:00Z\n",
                              "a,36.5,50.6,2024-06-01T01:00:00Z\n", "b,36.0,50.0,2024-06-01T00:00:00Z\n",
                              "b,36.0,50.1,2024-06-01T00:30:00Z\n"};
  const auto score = [&](const std::string& body) {
    const auto file = folder.write("fixes.csv", header + body);
    return run({"score", file, "--lines", "--id-column", "ship", "--at-column", "seen", "--activity", "counter-fire"});
  };
  const auto ordered = score(rows[0] + rows[1] + rows[2] + rows[3] + rows[4]);
  const auto shuffled = score(rows[2] + rows[3] + rows[1] + rows[4] + rows[0]);
  CHECK(ordered.out == shuffled.out);
  CHECK_FALSE(ordered.err.contains("order of time"));
  CHECK(shuffled.err.contains("look: the rows of 1 of 2 ids were not in order of time"));
}
