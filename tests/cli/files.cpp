// Files as people and their programs leave them, through the program.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/cli/program.hpp"

using kordon::test::run;

namespace {

const std::string at = "2024-06-15T00:00:00Z";
const std::string csv = "lon,lat\n36.5873,50.5956\n36.6,50.6\n";

/// A directory that is gone after the test.
class Folder {
 public:
  Folder() {
    std::string name = std::filesystem::temp_directory_path() / "kordon_files_XXXXXX";
    folder_ = mkdtemp(name.data());
  }
  ~Folder() { std::filesystem::remove_all(folder_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] std::string file(const std::string& name) const { return folder_ / name; }
  [[nodiscard]] std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(file(name), std::ios::binary) << text;
    return file(name);
  }
  [[nodiscard]] std::string read(const std::string& name) const {
    std::ostringstream text;
    text << std::ifstream(file(name), std::ios::binary).rdbuf();
    return text.str();
  }

 private:
  std::filesystem::path folder_;
};

}  // namespace

TEST_CASE("the ending of a file's name is what is written, or is refused") {
  const Folder folder;
  const auto in = folder.write("in.csv", csv);
  for (const std::string ending : {"parquet", "feather", "csvx", "dat"}) {
    const auto done = run({"score", in, "-o", folder.file("out." + ending), "--at", at});
    CHECK(done.status == 1);
    CHECK(done.err.contains("`." + ending + "`"));
    CHECK_FALSE(std::filesystem::exists(folder.file("out." + ending)));
  }
  REQUIRE(run({"score", in, "-o", folder.file("out.tsv"), "--at", at}).status == 0);
  CHECK(folder.read("out.tsv").starts_with("lon\tlat\tverdict\tmargin_m"));
  CHECK(folder.read("out.tsv").contains("36.5873\t50.5956\teligible"));
}

TEST_CASE("gzip is unpacked whatever the name, and packed where the name says so") {
  const Folder folder;
  const auto in = folder.write("in.csv", csv);
  REQUIRE(run({"score", in, "-o", folder.file("out.csv.gz"), "--at", at}).status == 0);
  const auto packed = folder.read("out.csv.gz");
  CHECK(packed.starts_with("\x1F\x8B"));
  const auto direct = run({"score", in, "--at", at}).out;
  // Two members after one another are one text; the second header is a row in error.
  const auto twice = folder.write("twice.csv.gz", packed + packed);
  const auto read = run({"score", twice, "--at", at}).out;
  CHECK(std::ranges::count(read, '\n') == 2 * std::ranges::count(direct, '\n'));
  const auto cut = run({"score", folder.write("cut.csv.gz", packed.substr(0, packed.size() - 9)), "--at", at});
  CHECK(cut.status == 1);
  CHECK(cut.err.contains("gzip"));
}

TEST_CASE("a file without a row, or with nothing but errors, has an exit status of its own") {
  const Folder folder;
  const auto none = run({"score", folder.write("none.csv", "lon,lat\n"), "-o", folder.file("out.csv"), "--at", at});
  CHECK(none.status == 3);
  CHECK(none.err.contains("no row"));
  CHECK_FALSE(std::filesystem::exists(folder.file("out.csv")));
  const auto all = run({"score", folder.write("bad.csv", "lon,lat\nx,y\n"), "-o", folder.file("out.csv"), "--at", at});
  CHECK(all.status == 3);
  CHECK(all.err.contains("every row is in error"));
  CHECK(folder.read("out.csv").contains("not_a_number"));
  CHECK(run({"score", folder.write("cr.csv", "lon,lat\r36.5873,50.5956\r"), "--at", at}).out.contains("eligible"));
}

TEST_CASE("what is not used though it looks meant is named once, and how texts were read is counted") {
  const Folder folder;
  const auto done =
      run({"score", folder.write("in.csv", "lat,long,timestamp,hdop\n50.5956,36.5873,2024-05-29T00:00:00Z,3\n")});
  CHECK(done.err.contains("look: the column `timestamp` looks like times"));
  CHECK(done.err.contains("look: the column `hdop` looks like an accuracy"));
  CHECK_FALSE(run({"score", folder.file("in.csv"), "--at-column", "timestamp"}).err.contains("`timestamp`"));
  const auto lines = folder.write("in.ndjson", R"({"lat":50.5956,"lon":36.5873,"timestamp":"2024-05-29T00:00:00Z"})");
  CHECK(run({"score", lines}).err.contains("look: the column `timestamp`"));
  const auto squares = run({"score", folder.write("m.csv", "mgrs\n37UCR1267\n37UCR1268\n"), "--at", at});
  CHECK(squares.err.contains("read: 2 positions as MGRS square of 1 km, centre"));
}

TEST_CASE("GPX and sheets are read where one layer can be meant; else the layers are named") {
  const Folder folder;
  const std::string waypoint = R"(<wpt lat="50.5956" lon="36.5873"><name>A</name></wpt>)";
  const auto gpx = [](const std::string& inside) {
    return R"(<gpx version="1.1" creator="test" xmlns="http://www.topografix.com/GPX/1/1">)" + inside + "</gpx>";
  };
  const auto points = run({"score", folder.write("a.gpx", gpx(waypoint)), "--to", "ndjson", "--at", at});
  CHECK(points.status == 0);
  CHECK(points.out.contains("eligible"));
  const std::string track =
      R"(<trk><trkseg><trkpt lat="50.6" lon="36.6"/><trkpt lat="50.7" lon="36.6"/></trkseg></trk>)";
  const auto both = run({"score", folder.write("b.gpx", gpx(waypoint + track)), "--at", at});
  CHECK(both.status == 1);
  CHECK(both.err.contains("'waypoints' (1 features)"));
  REQUIRE(run({"score", folder.write("t.csv", "широта,довгота,note\n50°35.736' N,36°35.238' E,x\n"), "-o",
               folder.file("t.ndjson"), "--at", at})
              .status == 0);
  CHECK(folder.read("t.ndjson").contains("eligible"));
}

TEST_CASE("the folders of a KML are read one after the other, or those that are named") {
  const Folder folder;
  const auto mark = [](const std::string& name, const std::string& place) {
    return "<Placemark><name>" + name + "</name><Point><coordinates>" + place + "</coordinates></Point></Placemark>";
  };
  const auto in_folder = [](const std::string& name, const std::string& inside) {
    return "<Folder><name>" + name + "</name>" + inside + "</Folder>";
  };
  const auto file =
      folder.write("a.kml", R"(<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>)" +
                                in_folder("north", mark("A", "36.5873,50.5956") + mark("B", "36.6,50.6")) +
                                in_folder("south", mark("C", "36.5873,50.5956")) + "</Document></kml>");
  const auto rows = [](const std::string& text) { return std::ranges::count(text, '\n'); };
  const auto all = run({"score", file, "--to", "ndjson", "--at", at});
  CHECK(all.status == 0);
  CHECK(rows(all.out) == 3);
  CHECK(all.out.contains(R"("Name":"C")"));
  const auto south = run({"score", file, "--to", "ndjson", "--at", at, "--layer", "south"});
  CHECK(rows(south.out) == 1);
  CHECK(south.out == all.out.substr(all.out.size() - south.out.size()));
  CHECK(rows(run({"score", file, "--to", "ndjson", "--at", at, "--layer", "south", "--layer", "north"}).out) == 3);
  const auto none = run({"score", file, "--layer", "west"});
  CHECK(none.status == 1);
  CHECK(none.err.contains("has no layer 'west'; its layers are 'north' (2 features), 'south' (1 features)"));
}

TEST_CASE("coordinates of a map are read where their system is stated, once") {
  const Folder folder;
  const auto file = folder.write("m.csv", "id,x,y\n1,7329289.81,5609979.5\n2,5609979.5,7329289.81\n");
  const auto done = run({"score", file, "--crs", "EPSG:28407", "--at", at});
  CHECK(done.status == 0);
  CHECK(done.out.contains("\n1,7329289.81,5609979.5,eligible,31420.33"));
  CHECK(done.err.contains("Pulkovo 1942 to WGS 84 (20) to 3 m"));
  const auto one = run({"evaluate", "--crs", "28407", "--x", "7329289.81", "--y", "5609979.5", "--at", at});
  CHECK(one.out.contains("\"margin_m\": 31420.33"));
  CHECK(one.out.contains("\"accuracy_m\": 3,"));
  CHECK(run({"score", file, "--crs", "EPSG:1", "--at", at}).status == 1);
  REQUIRE(run({"score", file, "--crs", "EPSG:28407", "--at", at, "-o", folder.file("m.gpkg")}).status == 0);
  const auto twice = run({"score", folder.file("m.gpkg"), "--crs", "EPSG:28407", "--at", at});
  CHECK(twice.status == 1);
  CHECK(twice.err.contains("states its own reference system"));
}
