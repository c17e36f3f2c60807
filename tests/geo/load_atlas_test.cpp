#include "geo/atlas/load_atlas.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "geo/earth/geodesic.hpp"
#include "tests/geo/made_layer.hpp"

using namespace kordon::geo;

namespace {

// Vertices as awkward as real ones.
const std::string west = "POLYGON((30 50,31.123456789012 50.1,31.987654321 50.9876543210123,30 51,30 50))";
const std::string east =
    "POLYGON((31.123456789012 50.1,33 50,33 51,31.987654321 50.9876543210123,31.123456789012 50.1))";

bool says(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// The regions of one layer, `W` and `E`, as they come back.
kordon::geo::Atlas written_and_read(const char* name, const Format& format) {
  const TempDir dir;
  write_layer(dir.file(name), {{"W", west}, {"E", east}}, format);
  auto loaded = kordon::geo::load_atlas({source_of(dir.file(name))}, {});
  if (!loaded) FAIL(loaded.error().front().message);
  return std::move(loaded->atlas);
}

/// The largest distance from a vertex of one layer to the nearest of the other.
double furthest_m(const kordon::geo::Atlas& one, const kordon::geo::Atlas& other) {
  double furthest = 0;
  for (const auto& region : one.regions) {
    const auto& same = other.regions[other.find_region(region.id).value()];
    for (const auto vertex : region.rings[0]) {
      double nearest = 1e9;
      for (const auto candidate : same.rings[0]) {
        nearest = std::min(nearest, kordon::geo::inverse(vertex, candidate).distance_m);
      }
      furthest = std::max(furthest, nearest);
    }
  }
  return furthest;
}

const kordon::geo::Atlas& as_drawn() {
  static const kordon::geo::Atlas atlas = written_and_read("drawn.gpkg", {.driver = "GPKG"});
  return atlas;
}

}  // namespace

TEST_CASE("every format reads the same, to the last bit") {
  for (const auto& [driver, name] :
       {std::pair{"ESRI Shapefile", "a.shp"}, {"GeoJSON", "a.json"}, {"GPKG", "a.gpkg"}, {"FlatGeobuf", "a.fgb"}}) {
    CAPTURE(driver);
    const auto atlas = written_and_read(name, {.driver = driver});
    REQUIRE(atlas.regions.size() == 2);
    CHECK(furthest_m(atlas, as_drawn()) == 0);
    CHECK(atlas.borders.size() == 1);
  }
}

TEST_CASE("layers of different formats share their borders") {
  const TempDir dir;
  write_layer(dir.file("w.shp"), {{"W", west}});
  write_layer(dir.file("e.json"), {{"E", east}}, {.driver = "GeoJSON"});
  write_layer(dir.file("c.gpkg"), {{"C", west}}, {.driver = "GPKG", .crs = "OGC:CRS84"});
  const auto loaded = kordon::geo::load_atlas(
      {source_of(dir.file("w.shp")), source_of(dir.file("e.json")), source_of(dir.file("c.gpkg"))}, {});
  REQUIRE(loaded);
  CHECK(loaded->atlas.find_border("E|W"));
  CHECK(loaded->atlas.find_border("C|E"));
  CHECK(loaded->atlas.layers.size() == 3);
  CHECK(loaded->atlas.layers[1].id == "e");
}

TEST_CASE("other reference systems are transformed to WGS 84") {
  for (const char* crs : {"EPSG:32637", "EPSG:3857", "EPSG:3035", "EPSG:4258", "EPSG:4979"}) {
    CAPTURE(crs);
    const auto atlas = written_and_read("a.gpkg", {.driver = "GPKG", .crs = crs});
    CHECK(furthest_m(as_drawn(), atlas) < 1e-3);  // which has more vertices, for its edges to run as drawn
    CHECK(atlas.borders.size() == 1);
  }
}

TEST_CASE("latitude before longitude, as GML has it, is put right") {
  const TempDir dir;
  write_text(dir.file("a.gml"),
             R"(<?xml version="1.0"?><k:FeatureCollection xmlns:k="http://k" xmlns:gml="http://www.opengis.net/gml/3.2">
<gml:featureMember><k:regions gml:id="r"><k:id>A</k:id><k:geom><gml:Polygon gml:id="g"
srsName="urn:ogc:def:crs:EPSG::4326"><gml:exterior><gml:LinearRing><gml:posList>50 30 50 31 51 31 51 30 50 30
</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></k:geom></k:regions></gml:featureMember>
</k:FeatureCollection>)");
  const auto loaded = kordon::geo::load_atlas({source_of(dir.file("a.gml"))}, {});
  REQUIRE(loaded);
  CHECK(loaded->atlas.regions[0].rings[0] == kordon::geo::Line{{30, 50}, {31, 50}, {31, 51}, {30, 51}, {30, 50}});
  CHECK(furthest_m(written_and_read("b.gml", {.driver = "GML"}), as_drawn()) < 1e-3);
}

TEST_CASE("a layer that states the wrong projection, or none, is refused") {
  const TempDir dir;
  const auto with_prj_of = [&](const char* name, const std::string& drawn_in, const std::string& stated) {
    write_layer(dir.file("stated.shp"), {{"A", west}}, {.crs = stated});
    write_layer(dir.file(name), {{"A", west}}, {.crs = drawn_in});
    std::filesystem::copy_file(dir.file("stated.prj"), std::filesystem::path(dir.file(name)).replace_extension(".prj"),
                               std::filesystem::copy_options::overwrite_existing);
    return faults_of({source_of(dir.file(name))});
  };
  CHECK(says(with_prj_of("metres.shp", "EPSG:32637", "EPSG:4326"), "metres.shp: feature 0 (A): vertex ("));
  CHECK(says(with_prj_of("degrees.shp", "EPSG:4326", "EPSG:32637"), "degrees.shp: has degrees"));
  write_layer(dir.file("none.shp"), {{"A", west}}, {.crs = ""});
  CHECK(says(faults_of({source_of(dir.file("none.shp"))}), "none.shp: states no coordinate reference system"));
  write_text(dir.file("none.prj"), R"(LOCAL_CS["site",UNIT["metre",1]])");
  CHECK(says(faults_of({source_of(dir.file("none.shp"))}), "reference system"));
}

TEST_CASE("a polygon that crosses the antimeridian is cut there with a note, one that is cut is read") {
  const TempDir dir;
  write_layer(dir.file("uncut.gpkg"), {{"A", "POLYGON((170 50,190 50,190 60,170 60,170 50))"}},
              {.driver = "GPKG", .crs = "EPSG:3832"});
  const auto loaded = kordon::geo::load_atlas({source_of(dir.file("uncut.gpkg"))}, {});
  REQUIRE(loaded);
  CHECK(loaded->atlas.regions[0].rings.size() == 2);
  REQUIRE(loaded->warnings.size() == 1);
  CHECK(says(loaded->warnings[0].message, "crosses 180 degrees and is cut there"));
  write_layer(
      dir.file("cut.gpkg"),
      {{"A", "MULTIPOLYGON(((170 50,180 50,180 60,170 60,170 50)),((-180 50,-170 50,-170 60,-180 60,-180 50)))"},
       {"S", "POLYGON((-180 -90,180 -90,180 -70,-180 -70,-180 -90))"}},
      {.driver = "GPKG"});
  CHECK(faults_of({source_of(dir.file("cut.gpkg"))}).empty());
}

TEST_CASE("an id may occur once, in one layer and across layers, whatever else is wrong with its features") {
  const TempDir dir;
  write_layer(dir.file("a.gpkg"), {{"A", west}, {"A", east}, {"N", std::nullopt}}, {.driver = "GPKG"});
  write_layer(dir.file("b.shp"), {{"B", east}, {"A", west}, {"N", east}});
  const auto faults = faults_of({source_of(dir.file("a.gpkg")), source_of(dir.file("b.shp"))});
  CHECK(says(faults, "a.gpkg: feature 2 (A): region id 'A' is already taken by " + dir.file("a.gpkg") + ": feature 1"));
  CHECK(says(faults, "b.shp: feature 1 (A): region id 'A' is already taken by " + dir.file("a.gpkg") + ": feature 1"));
  CHECK(says(faults, "b.shp: feature 2 (N): region id 'N' is already taken by " + dir.file("a.gpkg") + ": feature 3"));
}

TEST_CASE("a border's accuracy can be stated, by its ids in either order, where there is such a border") {
  const TempDir dir;
  write_layer(dir.file("a.shp"), {{"W", west}, {"E", east}});
  auto source = source_of(dir.file("a.shp"));
  source.accuracy_m = 4000;
  CHECK(kordon::geo::load_atlas({source}, {})->atlas.borders[0].accuracy_m == 4000);
  CHECK(kordon::geo::load_atlas({source}, {{"W|E", 280}})->atlas.borders[0].accuracy_m == 280);
  CHECK(faults_of({source}, {{"E|X", 1}, {"E|W", 2}, {"E", 3}}) ==
        "border 'E': no two regions of these ids share an edge\n"
        "border 'E|X': no two regions of these ids share an edge\n");
}

TEST_CASE("what MakeValid mends is a warning that names the feature") {
  const TempDir dir;
  write_layer(dir.file("a.gpkg"), {{"A", "POLYGON((0 0,4 0,2 2,4 4,0 4,2 2,0 0))"}}, {.driver = "GPKG"});
  const auto loaded = kordon::geo::load_atlas({source_of(dir.file("a.gpkg"))}, {});
  REQUIRE(loaded);
  REQUIRE(loaded->warnings.size() == 1);
  CHECK(says(loaded->warnings[0].where, "a.gpkg: feature 1 (A)"));
  CHECK(says(loaded->warnings[0].message, "Ring Self-intersection"));
}

TEST_CASE("all faults of all layers are reported at once, with file and feature") {
  const TempDir dir;
  write_layer(dir.file("a.gpkg"),
              {{"bow", "POLYGON((0 0,4 4,4 0,0 4,0 0))"}, {"null", std::nullopt}, {std::nullopt, west}, {"W", west}},
              {.driver = "GPKG"});
  write_layer(dir.file("b.shp"), {{"W", west}});
  write_layer(dir.file("c.shp"), {{"C", west}}, {.crs = ""});
  write_layer(dir.file("d.shp"), {{"D", west}});
  cut_short(dir.file("d.shp"), 40);
  std::vector<kordon::geo::LayerSource> sources;
  for (const char* name : {"a.gpkg", "b.shp", "c.shp", "d.shp", "e.shp"}) sources.push_back(source_of(dir.file(name)));
  const auto faults = faults_of(sources, {{"W|X", 1}});
  for (const char* part : {"a.gpkg: feature 1 (bow): invalid polygon", "a.gpkg: feature 3 (): has no value",
                           "b.shp: feature 0 (W): region id 'W'", "c.shp: states no coordinate", "d.shp: cut short",
                           "e.shp: no such file", "border 'W|X'"}) {
    CHECK(says(faults, part));
  }
  CHECK(std::ranges::count(faults, '\n') == 7);
}
