// Batches through the program, on the data that ships.
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>
#include <sstream>
#include <thread>

#include "tests/cli/program.hpp"

using namespace kordon;
using kordon::test::run;

namespace {

const std::string at = "2024-06-15T00:00:00Z";

/// A directory that is gone after the test.
struct Scratch {
  std::filesystem::path folder;

  Scratch() {
    std::string name = std::filesystem::temp_directory_path() / "kordon_score_XXXXXX";
    folder = mkdtemp(name.data());
  }
  ~Scratch() { std::filesystem::remove_all(folder); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  [[nodiscard]] std::string file(const std::string& name) const { return folder / name; }
  [[nodiscard]] std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(file(name), std::ios::binary) << text;
    return file(name);
  }
  [[nodiscard]] std::string read(const std::string& name) const {
    std::ostringstream text;
    text << std::ifstream(file(name), std::ios::binary).rdbuf();
    return text.str();
  }
  [[nodiscard]] std::ptrdiff_t files() const {
    return std::distance(std::filesystem::directory_iterator(folder), std::filesystem::directory_iterator());
  }
};

/// One row in each `bad_every` has no longitude.
std::string points_csv(int rows, int bad_every = 0) {
  std::mt19937_64 random(3);
  std::uniform_real_distribution<double> lon(33, 41);
  std::uniform_real_distribution<double> lat(48, 52.5);
  std::string csv = "id,lon,lat\n";
  for (int i = 0; i < rows; ++i) {
    const bool bad = bad_every > 0 && (i + 1) % bad_every == 0;
    csv += bad ? fmt::format("{},,{:.5f}\n", i, lat(random))
               : fmt::format("{},{:.5f},{:.5f}\n", i, lon(random), lat(random));
  }
  return csv;
}

}  // namespace

TEST_CASE("score keeps every row in order, bad ones, too, whatever the number of threads") {
  const Scratch scratch;
  const int rows = 400'000;  // some pieces of a file
  const auto in = scratch.write("in.csv", points_csv(rows, 1000));
  const auto scored = [&](const std::string& threads, const std::string& format) {
    const auto done = kordon::test::run(
        {"score", in, "-o", scratch.file("out" + threads), "--to", format, "--at", at, "--threads", threads});
    CHECK(done.status == 0);
    CHECK(done.out.empty());
    CHECK(done.err.contains("400,000 rows"));
    CHECK(done.err.contains("400 missing"));
    CHECK_FALSE(done.err.contains('\r'));
    return scratch.read("out" + threads);
  };
  const auto one = scored("1", "csv");
  CHECK(scored("5", "csv") == one);
  std::istringstream lines(one);
  std::string line;
  std::getline(lines, line);
  CHECK(line == "id,lon,lat,verdict,margin_m,distance_m,nearest_lon,nearest_lat,regions,error");
  int row = 0;
  bool in_order = true;
  for (; std::getline(lines, line); ++row) {
    in_order = in_order && line.starts_with(fmt::format("{},", row)) && line.contains("missing") == (row % 1000 == 999);
  }
  CHECK(row == rows);
  CHECK(in_order);
  const auto array = scored("5", "geojson");
  CHECK(array == scored("1", "geojson"));
  CHECK(nlohmann::json::accept(array));
  CHECK(scratch.files() == 3);
}

TEST_CASE("score says what evaluate says") {
  const Scratch scratch;
  const auto in = scratch.write("in.csv",
                                "lon,lat,accuracy_m,at\n36.5873,50.5956,,\n36.5873,50.5956,40000,\n36.5873,"
                                "50.5956,,2024-05-29T23:59:59Z\n-100,40,,\n");
  const auto out = scratch.file("out.ndjson");
  REQUIRE(kordon::test::run({"score", in, "-o", out, "--at", at, "--set", "depth_km=60"}).status == 0);
  std::istringstream lines(scratch.read("out.ndjson"));
  for (const std::vector<std::string>& extra : std::vector<std::vector<std::string>>{
           {}, {"--accuracy-m", "40000"}, {"--at", "2024-05-29T23:59:59Z"}, {"--lon", "-100", "--lat", "40"}}) {
    std::vector<std::string> arguments{"evaluate", "--set", "depth_km=60"};
    if (extra.empty() || extra[0] != "--lon")
      arguments.insert(arguments.end(), {"--lon", "36.5873", "--lat", "50.5956"});
    if (extra.empty() || extra[0] != "--at") arguments.insert(arguments.end(), {"--at", at});
    arguments.insert(arguments.end(), extra.begin(), extra.end());
    const auto expected = nlohmann::json::parse(kordon::test::run(arguments).out);
    std::string line;
    REQUIRE(std::getline(lines, line));
    const auto row = nlohmann::json::parse(line);
    CHECK(row["verdict"] == expected["verdicts"][0]["verdict"]);
    CHECK(row["margin_m"] == expected["verdicts"][0]["margin_m"]);
    CHECK(row["distance_m"] == expected["borders"][0]["distance_m"]);
    CHECK(row["nearest_lon"] == expected["borders"][0]["nearest"]["lon"]);
  }
}

TEST_CASE("the summary counts errors by code, and diagnostics are given") {
  const Scratch scratch;
  const auto summary_of = [&](const std::string& csv) {
    const auto done = kordon::test::run({"score", scratch.write("in.csv", csv), "-o", "/dev/null", "--at", at});
    CHECK(done.status == 0);
    return done.err;
  };
  const auto bad = summary_of("lon,lat\n36,50\nx,50\n,50\ny,50\n36,50,7\n");
  CHECK(bad.contains("5 rows"));
  CHECK(bad.contains("4 in error"));
  for (const auto* code : {"2 not_a_number", "1 missing", "1 wrong_columns"}) CHECK(bad.contains(code));
  CHECK(bad.contains("assumed"));
  CHECK_FALSE(bad.contains("look: "));
  CHECK(summary_of("lon,lat\n50.4,36.2\n50.5,36.6\n").contains("likely exchanged"));
  CHECK(summary_of("lon,lat\n36,50\n36,100\n").contains("exchanged?"));
  CHECK(summary_of("lon,lat\n36,50\n350,50\n").contains("0 to 360"));
  CHECK(summary_of("lon,lat\n36,50\n0,0\n").contains("exactly 0, 0"));
  CHECK(summary_of("lon,lat\n-100,40\n").contains("none of the 1 positions"));
}

TEST_CASE("strict stops at the first bad row and leaves no file") {
  const Scratch scratch;
  const auto in = scratch.write("in.csv", "lon,lat\n36,50\n36,x\n36,y\n");
  const auto done = kordon::test::run({"score", in, "-o", scratch.file("out.csv"), "--strict"});
  CHECK(done.status == 1);
  CHECK(done.err.contains("row 2: lat: "));
  CHECK(done.err.contains("not_a_number"));
  CHECK(scratch.files() == 1);
  const auto late = kordon::test::run(
      {"score", scratch.write("in.csv", points_csv(300'000) + "x,,50\n" + points_csv(300'000).substr(11)), "-o",
       scratch.file("out.csv"), "--strict", "--threads", "5"});
  CHECK(late.status == 1);
  CHECK(late.err.contains("row 300001: lon: "));
  CHECK(scratch.files() == 1);
}

TEST_CASE("faults of the whole have a message and exit 1") {
  const Scratch scratch;
  const auto fault_of = [](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "score");
    const auto done = kordon::test::run(arguments);
    CHECK(done.status == 1);
    return done.err;
  };
  CHECK(fault_of({"/nowhere.csv"}).contains("/nowhere.csv: No such file"));
  CHECK(fault_of({scratch.write("a.csv", "name\nx\n")}).contains("found: name"));
  CHECK(fault_of({scratch.write("b.csv", "lon,lat\n"), "--set", "depth_km=-1"}).contains("depth_km"));
  CHECK(fault_of({scratch.file("b.csv"), "--to", "xml"}).contains("'xml'"));
  CHECK(fault_of({scratch.file("b.csv"), "-o", "/nowhere/out.csv"}).contains("/nowhere/out.csv"));
  CHECK(fault_of({scratch.file("b.csv"), "--config", "/nowhere.json"}).contains("/nowhere.json"));
}

TEST_CASE("a full disk is an error, and what was there before stays") {
  const Scratch scratch;
  const auto in = scratch.write("in.csv", points_csv(20'000));
  const auto full = kordon::test::run({"score", in, "-o", "/dev/full", "--to", "csv"});
  CHECK(full.status == 1);
  CHECK(full.err.contains("/dev/full: No space left on device"));
  const auto out = scratch.write("out.csv", "old");
  // A program that may not write files longer than this sees what a full disk does.
  kordon::test::Program limited({"score", in, "-o", out}, {}, {.file_bytes = 4096});
  const auto finished = limited.finish();
  CHECK(finished.status == 1);
  CHECK(finished.err.contains("out.csv: "));
  CHECK(scratch.read("out.csv") == "old");
  CHECK(scratch.files() == 2);
}

TEST_CASE("an interrupted run leaves no file") {
  const Scratch scratch;
  const auto pipe = scratch.file("in.fifo");
  REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  for (const int signal : {SIGINT, SIGTERM}) {
    kordon::test::Program program({"score", pipe, "--from", "csv", "-o", scratch.file("out.csv")});
    std::ofstream input(pipe);
    input << points_csv(1000) << std::flush;
    while (scratch.files() < 2) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    program.signal(signal);
    const auto finished = program.finish();
    CHECK(finished.status == 130);
    CHECK(finished.err.contains("interrupted"));
    CHECK(scratch.files() == 1);
  }
}

TEST_CASE("diff lists the rows whose verdict flips, with both reasons") {
  const Scratch scratch;
  const auto in =
      scratch.write("in.csv", "name,lon,lat\nnear,36.5873,50.5956\nfar,36.59,51.0\noutside,36,49\nbad,x,1\n");
  const auto depth =
      kordon::test::run({"diff", in, "--at", at, "--before-set", "depth_km=100", "--after-set", "depth_km=50"});
  REQUIRE(depth.status == 0);
  CHECK(std::ranges::count(depth.out, '\n') == 2);
  CHECK(
      depth.out.contains("\nfar,36.59,51.0,eligible,counter-fire-kharkiv: Within 100 km of the border Russia - Kharkiv "
                         "oblast: 70.1 km away,"));
  CHECK(depth.out.contains(
      "ineligible,counter-fire-kharkiv: Not within 50 km of the border Russia - Kharkiv oblast: 20.1 km too far,"));
  CHECK(depth.err.contains("1 of 4 rows flip"));
  CHECK(depth.err.contains("1  eligible -> ineligible"));
  const auto date =
      kordon::test::run({"diff", in, "--before-at", "2024-05-29T23:59:59Z", "--after-at", "2024-05-30T00:00:00Z"});
  CHECK(date.err.contains("2 of 4 rows flip"));
  CHECK(date.err.contains("2  ineligible -> eligible"));
  const auto same = kordon::test::run({"diff", in, "--at", at});
  CHECK(same.err.contains("0 of 4 rows flip"));
  const auto lines = scratch.write("in.ndjson", R"({"lon":36.59,"lat":51.0,"n":1})");
  const auto json = kordon::test::run({"diff", lines, "--at", at, "--after-set", "depth_km=50"});
  const auto row = nlohmann::json::parse(json.out);
  CHECK(row["n"] == 1);
  CHECK(row["verdict_before"] == "eligible");
  CHECK(row["verdict_after"] == "ineligible");
  CHECK(kordon::test::run({"diff", in, "--after", "/nowhere.json"}).status == 1);
  CHECK(kordon::test::run({"diff", in, "--after-set", "depth_km=-1"}).err.contains("after: "));
}

TEST_CASE("formats of GDAL come in and go out with the same answers, in order") {
  const Scratch scratch;
  const auto good = scratch.write("good.csv", points_csv(300));
  const auto in = scratch.write("in.csv", points_csv(300) + "bad,x,y\n");
  REQUIRE(kordon::test::run({"score", in, "-o", scratch.file("direct.csv"), "--at", at}).status == 0);
  for (const std::string ending : {"gpkg", "fgb", "shp"}) {
    const auto there = scratch.file("there." + ending);
    const bool holds_all = ending != "fgb";
    REQUIRE(kordon::test::run({"score", holds_all ? in : good, "-o", there, "--at", at}).status == 0);
    REQUIRE(kordon::test::run({"score", there, "-o", scratch.file("back.ndjson"), "--at", at}).status == 0);
    std::istringstream direct(scratch.read("direct.csv"));
    std::istringstream back(scratch.read("back.ndjson"));
    std::string line;
    std::getline(direct, line);
    int rows = 0;
    for (std::string json; std::getline(direct, line) && std::getline(back, json); ++rows) {
      const auto row = nlohmann::json::parse(json);
      CHECK(line.starts_with(fmt::format("{},", row["id"].get<std::string>())));
      if (row.contains("error")) continue;
      CHECK(line.contains(fmt::format(",{},", row["verdict"].get<std::string>())));
      CHECK(line.contains(fmt::format(",{},", row["margin_m"].dump())));
    }
    CHECK(rows == (holds_all ? 301 : 300));
  }
  const auto shapes = kordon::test::run({"score", KORDON_SOURCE_DIR "/shapefiles/countries.shp", "--to", "ndjson",
                                         "--at", at, "--activity", "air-defence"});
  CHECK(shapes.status == 0);
  CHECK(shapes.out.contains("a shape of more than 1.5 MB is left out"));
  CHECK(shapes.out.contains("\"name\":"));
  CHECK(shapes.out.contains("\"verdict\":\"eligible\""));
  CHECK(shapes.err.contains("1 missing"));
  CHECK(kordon::test::run({"score", in, "-o", scratch.file("bad.fgb")}).err.contains("cannot hold rows in error"));
  CHECK(kordon::test::run({"score", in, "-o", "/nowhere/out.gpkg"}).status == 1);
  CHECK(kordon::test::run({"score", scratch.write("no.gpkg", "nothing"), "--to", "csv"}).err.contains("no.gpkg: "));
}
