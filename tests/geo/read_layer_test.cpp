#include "geo/atlas/read_layer.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <bit>
#include <filesystem>
#include <limits>

#include "tests/geo/made_layer.hpp"

using namespace kordon::geo;

namespace {

const std::string west = "POLYGON((30 50,31 50,31 51,30 51,30 50))";
const std::string east = "POLYGON((31 50,32 50,32 51,31 51,31 50))";

bool says(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// Loads a Shapefile of two squares, A and B, after something was done to it.
template <typename Change>
std::string faults_after(Change&& change) {
  const TempDir dir;
  const auto file = dir.file("made.shp");
  write_layer(file, {{"A", west}, {"B", east}});
  change(file.substr(0, file.size() - 4));
  return faults_of({source_of(file)});
}

std::string faults_of_text(const char* name, const std::string& text) {
  const TempDir dir;
  write_text(dir.file(name), text);
  return faults_of({source_of(dir.file(name))});
}

std::string faults_of_features(const std::vector<DrawnFeature>& features) {
  const TempDir dir;
  write_layer(dir.file("made.gpkg"), features, {.driver = "GPKG"});
  return faults_of({source_of(dir.file("made.gpkg"))});
}

std::string bytes_of(double value) {
  const auto bytes = std::bit_cast<std::array<char, 8>>(value);
  return {bytes.begin(), bytes.end()};
}

// ESRI Shapefile Technical Description: where the first polygon of a file has these.
constexpr std::streamoff part_count_at = 144;
constexpr std::streamoff point_count_at = 148;
constexpr std::streamoff second_point_at = 172;

}  // namespace

TEST_CASE("a layer as it should be has no fault") {
  CHECK(faults_after([](const auto&) {}).empty());
}

TEST_CASE("a file that is not there or is no vector file is named") {
  CHECK(faults_of({source_of("/nowhere/at_all.shp")}) == "/nowhere/at_all.shp: no such file\n");
  CHECK(says(faults_of_text("notes.txt", "no polygons here"), "notes.txt: is not a vector file"));
  CHECK(says(faults_of_text("empty.json", ""), "empty.json: is not a vector file"));
  CHECK(says(faults_of_text("empty.shp", ""), "empty.shp: cut short: a Shapefile has a header of 100 bytes"));
}

TEST_CASE("a Shapefile cut short anywhere is refused") {
  for (const std::uintmax_t bytes : {1, 8, 60, 200, 300}) {
    CHECK(says(faults_after([&](const auto& stem) { cut_short(stem + ".shp", bytes); }), "made.shp: cut short"));
  }
  CHECK(
      says(faults_after([&](const auto& stem) { cut_short(stem + ".shx", 100); }), "made.shp: has no .shx beside it"));
  for (const std::uintmax_t bytes : {1, 2, 8, 12}) {
    CHECK(says(faults_after([&](const auto& stem) { cut_short(stem + ".shx", bytes); }), "made.shp: GDAL: "));
  }
  for (const std::uintmax_t bytes : {2, 81, 100, 200}) {
    CHECK(says(faults_after([&](const auto& stem) { cut_short(stem + ".dbf", bytes); }), "made.shp: "));
  }
}

TEST_CASE("a Shapefile whose files do not belong together loses no region in silence") {
  const auto with_file_of_one_feature = [](const std::string& extension) {
    return faults_after([&](const auto& stem) {
      write_layer(stem + "1.shp", {{"A", west}});
      std::filesystem::rename(stem + "1" + extension, stem + extension);
    });
  };
  CHECK(says(with_file_of_one_feature(".dbf"), "its .shx has 2 features and its .dbf 1"));
  CHECK(says(with_file_of_one_feature(".shx"), "its .shx has 1 features and its .dbf 2"));
}

TEST_CASE("a Shapefile without one of its files is refused") {
  const auto without = [](const char* extension) {
    return faults_after([&](const auto& stem) { std::filesystem::remove(stem + extension); });
  };
  CHECK(says(without(".shx"), "has no .shx beside it; make it anew: ogrinfo --config SHAPE_RESTORE_SHX YES made.shp"));
  CHECK(says(without(".dbf"), "has no .dbf beside it, which holds the ids"));
  CHECK(says(without(".prj"), "states no coordinate reference system"));
}

TEST_CASE("other formats cut short are refused") {
  for (const auto& [driver, name] : {std::pair{"GeoJSON", "a.json"}, {"GPKG", "a.gpkg"}, {"FlatGeobuf", "a.fgb"}}) {
    const TempDir dir;
    write_layer(dir.file(name), {{"A", west}, {"B", east}}, {.driver = driver});
    cut_short(dir.file(name), 60);
    CHECK(says(faults_of({source_of(dir.file(name))}), "GDAL: "));
  }
}

TEST_CASE("absurd counts in a Shapefile are told by record") {
  const std::string absurd = "\xff\xff\xff\x7f";
  for (const auto at : {part_count_at, point_count_at}) {
    const auto faults = faults_after([&](const auto& stem) { overwrite(stem + ".shp", at, absurd); });
    CHECK(says(faults, "made.shp: record 1: states "));
    CHECK_FALSE(says(faults, "record 2"));
  }
  const std::string none(4, '\0');
  CHECK(says(faults_after([&](const auto& stem) { overwrite(stem + ".shp", part_count_at, none); }),
             "record 1: has no parts"));
}

TEST_CASE("a vertex that is no place on Earth is refused") {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  for (const double wrong : {std::numeric_limits<double>::quiet_NaN(), infinity, -infinity, 4.2e6, -181.0, 180.001}) {
    const auto faults =
        faults_after([&](const auto& stem) { overwrite(stem + ".shp", second_point_at, bytes_of(wrong)); });
    CHECK(says(faults, "made.shp: record 1: vertex ("));
  }
  const std::string before = R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"A"},)"
                             R"("geometry":{"type":"Polygon","coordinates":[[[30,50],[)";
  for (const std::string wrong : {"NaN", "Infinity", "1e999", "null", "\"31\"", "2000"}) {
    CAPTURE(wrong);
    CHECK(says(faults_of_text("a.json", before + wrong + ",50],[31,51],[30,51],[30,50]]]}}]}"), "a.json: "));
  }
}

TEST_CASE("a layer without features is refused") {
  const TempDir dir;
  write_layer(dir.file("none.shp"), {});
  CHECK(says(faults_of({source_of(dir.file("none.shp"))}), "none.shp: has no features"));
  CHECK(
      says(faults_of_text("none.json", R"({"type":"FeatureCollection","features":[]})"), "none.json: has no features"));
}

TEST_CASE("a feature without a polygon is refused and told by number and id") {
  const auto faults = faults_of_features({{"ok", west},
                                          {"point", "POINT(30 50)"},
                                          {"line", "LINESTRING(30 50,31 51)"},
                                          {"mixed", "GEOMETRYCOLLECTION(POLYGON((30 50,31 50,31 51,30 50)))"},
                                          {"curve", "CURVEPOLYGON((30 50,31 50,31 51,30 51,30 50))"}});
  CHECK(says(faults, "feature 2 (point): is a POINT; expected a polygon"));
  CHECK(says(faults, "feature 3 (line): is a LINESTRING; expected a polygon"));
  CHECK(says(faults, "feature 4 (mixed): is a GEOMETRYCOLLECTION; expected a polygon"));
  CHECK(says(faults, "feature 5 (curve): is a CURVEPOLYGON; expected a polygon"));
  CHECK_FALSE(says(faults, "(ok)"));
}

TEST_CASE("a feature without a geometry is left out, and that is said") {
  const TempDir dir;
  write_layer(dir.file("a.gpkg"),
              {{"ok", west}, {"null", std::nullopt}, {"empty", "POLYGON EMPTY"}, {"parts", "MULTIPOLYGON EMPTY"}},
              {.driver = "GPKG"});
  const auto loaded = kordon::geo::load_atlas({source_of(dir.file("a.gpkg"))}, {});
  REQUIRE(loaded);
  CHECK(loaded->atlas.regions.size() == 1);
  REQUIRE(loaded->warnings.size() == 3);
  CHECK(says(loaded->warnings[0].where, "a.gpkg: feature 2 (null)"));
  CHECK(loaded->warnings[0].message == "has no geometry and is left out");
}

TEST_CASE("a feature without an id, or with one that a border's id could not hold, is refused") {
  const auto faults = faults_of_features({{std::nullopt, west}, {"", east}, {"A|B", west}});
  CHECK(says(faults, "made.gpkg: feature 1 (): has no value in field 'id'"));
  CHECK(says(faults, "made.gpkg: feature 2 (): has no value in field 'id'"));
  CHECK(says(faults, "made.gpkg: feature 3 (A|B): has '|' in its id"));
}

TEST_CASE("fields that the layer does not have are named together") {
  const TempDir dir;
  write_layer(dir.file("a.shp"), {{"A", west}}, {.id_field = "code"});
  auto source = source_of(dir.file("a.shp"));
  source.name_field = "title";
  const auto faults = faults_of({source});
  CHECK(says(faults, "a.shp: has no field 'id' to take region ids from"));
  CHECK(says(faults, "a.shp: has no field 'title' to take region names from"));
  source.id_field = "code";
  source.name_field = "";
  CHECK(faults_of({source}).empty());
}

TEST_CASE("a file of several layers is refused, for nobody says which is meant") {
  const TempDir dir;
  std::filesystem::create_directory(dir.file("folder"));
  write_layer(dir.file("folder/a.shp"), {{"A", west}});
  write_layer(dir.file("folder/b.shp"), {{"B", east}});
  CHECK(says(faults_of({source_of(dir.file("folder"))}), "has 2 layers; name one as `layer`: "));
}

TEST_CASE("a layer of a container is taken by its name, and styles are no layer") {
  const TempDir dir;
  std::filesystem::create_directory(dir.file("folder"));
  write_layer(dir.file("folder/a.shp"), {{"A", west}});
  write_layer(dir.file("folder/b.shp"), {{"B", east}});
  auto source = source_of(dir.file("folder"));
  source.layer = "b";
  const auto loaded = kordon::geo::load_atlas({source}, {});
  REQUIRE(loaded);
  CHECK(loaded->atlas.regions[0].id == "B");
  source.layer = "c";
  CHECK(says(faults_of({source}), "has no layer 'c'; it has: "));
}

TEST_CASE("features are filtered, named by a template, taken from several files and dissolved") {
  const TempDir dir;
  write_layer(dir.file("a.gpkg"), {{"1", west}, {"2", std::nullopt}}, {.driver = "GPKG"});
  write_layer(dir.file("b.gpkg"), {{"1", east}}, {.driver = "GPKG"});
  auto source = source_of(dir.file("a.gpkg"));
  source.more_files = {dir.file("b.gpkg")};
  source.where = "id <> '2'";
  source.id_template = "DE-{id}";
  CHECK(says(faults_of({source}), "region id 'DE-1' is already taken"));
  source.dissolve = true;
  const auto loaded = kordon::geo::load_atlas({source}, {});
  REQUIRE(loaded);
  REQUIRE(loaded->atlas.regions.size() == 1);
  CHECK(loaded->atlas.regions[0].id == "DE-1");
  CHECK(loaded->atlas.regions[0].rings.size() == 1);
  source.where = "id = '3'";
  CHECK(says(faults_of({source}), "has no features where id = '3'"));
  source.where = "no such thing = 1";
  CHECK_FALSE(faults_of({source}).empty());
}

TEST_CASE("every file of a data set is known, whatever the case of its name") {
  const TempDir dir;
  write_layer(dir.file("l.shp"), {{"A", west}});
  std::filesystem::rename(dir.file("l.shp"), dir.file("L.SHP"));
  std::filesystem::rename(dir.file("l.dbf"), dir.file("L.DBF"));
  std::filesystem::rename(dir.file("l.shx"), dir.file("L.SHX"));
  const auto files = kordon::geo::files_of(source_of(dir.file("L.SHP")));
  for (const auto* name : {"L.SHP", "L.DBF", "L.SHX", "l.prj"}) {
    CAPTURE(name);
    CHECK(std::ranges::find(files, dir.file(name)) != files.end());
  }
  write_layer(dir.file("m.tab"), {{"A", west}}, {.driver = "MapInfo File"});
  const auto table = kordon::geo::files_of(source_of(dir.file("m.tab")));
  CHECK(std::ranges::find(table, dir.file("m.dat")) != table.end());
  write_text(dir.file("v.vrt"), "<OGRVRTDataSource><OGRVRTLayer name=\"m\"><SrcDataSource>" + dir.file("m.tab") +
                                    "</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>");
  auto source = source_of(dir.file("v.vrt"));
  source.rules.drivers = {"VRT"};
  CHECK(says(faults_of({source}), "names `VRT`, which is no vector driver"));
  source.rules.drivers = {"OGR_VRT"};
  const auto sources = kordon::geo::files_of(source);
  CHECK(std::ranges::find(sources, dir.file("m.map")) != sources.end());
}

TEST_CASE("only the regions asked for are read, and one that is not there is a fault") {
  const TempDir dir;
  write_layer(dir.file("a.gpkg"), {{"A", west}, {"broken", std::nullopt}, {"B", east}}, {.driver = "GPKG"});
  auto source = source_of(dir.file("a.gpkg"));
  source.only = {"B"};
  const auto loaded = kordon::geo::load_atlas({source}, {});
  REQUIRE(loaded);
  CHECK(loaded->atlas.regions.size() == 1);
  source.only = {"B", "C"};
  CHECK(says(faults_of({source}), "a.gpkg: has no feature with id 'C'"));
}
