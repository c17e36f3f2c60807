#include "geo/atlas/match_neighbours.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "geo/atlas/load_atlas.hpp"
#include "geo/earth/geodesic.hpp"
#include "geo/index.hpp"
#include "tests/geo/made_layer.hpp"
#include "tests/geo/standing.hpp"

namespace kordon::geo::test {
namespace {

// A common line of 222 km along 10 degrees east, with a vertex in the middle of each side's own.
const char* const west = "POLYGON((8 40,10 40,10 41,10 42,8 42,8 40))";
const char* const east = "POLYGON((12 40,12 42,10 42,10 41.5,10 41,10 40,12 40))";

LoadedAtlas load(const std::vector<DrawnFeature>& drawn, std::optional<double> tolerance_m, double accuracy_m = 10) {
  const TempDir dir;
  write_layer(dir.file("a.gpkg"), drawn, {.driver = "GPKG"});
  auto source = source_of(dir.file("a.gpkg"));
  source.accuracy_m = accuracy_m;
  source.match_tolerance_m = tolerance_m;
  auto loaded = load_atlas({source}, {});
  if (!loaded) FAIL(loaded.error().front().message);
  return std::move(*loaded);
}

const Border& border(const Atlas& atlas, const char* id) {
  const auto found = atlas.find_border(id);
  if (!found) FAIL(id);
  return atlas.borders[*found - atlas.regions.size()];
}

double length_km(const Border& border) {
  double km = 0;
  for (const auto& line : border.lines) {
    for (std::size_t i = 1; i < line.size(); ++i) km += inverse(line[i - 1], line[i]).distance_m / 1000;
  }
  return km;
}

double distance_m(const Atlas& atlas, const char* id, LonLat at) {
  return test::standing_of(Index(atlas), atlas.find_border(id).value(), at).distance_m;
}

/// A ring around the origin with rough sides, as a coverage of two halves whose common line has `count` vertices.
struct Halves {
  Line line;
  [[nodiscard]] std::string west() const { return wkt({{8, 42}, {8, 40}}, line, false); }
  [[nodiscard]] std::string east() const { return wkt({{12, 40}, {12, 42}}, line, true); }

  static std::string wkt(const Line& outer, const Line& common, bool reversed) {
    auto ring = common;
    if (reversed) std::ranges::reverse(ring);
    ring.insert(ring.end(), outer.begin(), outer.end());
    ring.push_back(ring.front());
    std::string text;
    for (const auto v : ring) {
      char vertex[64];
      std::snprintf(vertex, sizeof vertex, "%s%.17g %.17g", text.empty() ? "" : ",", v.lon_deg, v.lat_deg);
      text += vertex;
    }
    return "POLYGON((" + text + "))";
  }
};

Line rough_line(std::size_t count) {
  std::mt19937 random(7);
  std::uniform_real_distribution<double> off(-0.002, 0.002);
  Line line;
  for (std::size_t i = 0; i <= count; ++i) {
    line.push_back({10 + off(random), 40 + 2 * static_cast<double>(i) / static_cast<double>(count)});
  }
  return line;
}

}  // namespace

TEST_CASE("a vertex that only one side has does not end a border section") {
  const auto loaded = load({{"A", west}, {"B", east}}, std::nullopt);
  CHECK(length_km(border(loaded.atlas, "A|B")) == doctest::Approx(222.1).epsilon(0.001));
  // By GeographicLib: from (10.01, 41.75) due west to 10 degrees.
  CHECK(distance_m(loaded.atlas, "A|B", {10.01, 41.75}) == doctest::Approx(831.8).epsilon(0.001));
  CHECK(loaded.warnings.empty());
  CHECK(border(loaded.atlas, "A|B").accuracy_m == 10);
}

TEST_CASE("a gap of a tenth of a metre on half of the line is closed, and counted in the accuracy") {
  const auto loaded = load(
      {{"A", west}, {"B", "POLYGON((12 40,12 42,10.0000012 42,10.0000012 41.5,10 41,10 40,12 40))"}}, std::nullopt);
  const auto& section = border(loaded.atlas, "A|B");
  CHECK(length_km(section) == doctest::Approx(222.1).epsilon(0.001));
  CHECK(section.moved_m > 0.09);
  CHECK(section.moved_m < 0.11);
  CHECK(section.accuracy_m == doctest::Approx(10 + section.moved_m));
  CHECK(section.unshared_m == 0);
  REQUIRE(loaded.warnings.size() == 1);
  CHECK(loaded.warnings[0].message.contains("is moved by up to 0."));
}

TEST_CASE("a tolerance of 0 moves nothing, and what runs side by side is measured") {
  const auto loaded =
      load({{"A", west}, {"B", "POLYGON((12 40,12 42,10.0000012 42,10.0000012 41.5,10 41,10 40,12 40))"}}, 0.0);
  const auto& section = border(loaded.atlas, "A|B");
  CHECK(length_km(section) == doctest::Approx(111.0).epsilon(0.001));
  CHECK(section.unshared_m == doctest::Approx(111'100).epsilon(0.01));
  REQUIRE(loaded.atlas.side_by_side.size() == 1);
  CHECK(loaded.warnings.back().message.contains("without being shared"));
}

TEST_CASE("neighbours that share nothing at all, but lie side by side, are named") {
  const auto loaded = load({{"A", west}, {"B", "POLYGON((12 40,12 42,10.0008 42,10.0008 40,12 40))"}}, std::nullopt);
  CHECK(loaded.atlas.borders.empty());
  REQUIRE(loaded.atlas.side_by_side.size() == 1);
  CHECK(loaded.atlas.side_by_side[0].length_m == doctest::Approx(222'100).epsilon(0.01));
  CHECK(loaded.warnings.back().where == "border A|B");
}

TEST_CASE("a tripoint of three lines that miss it becomes one vertex") {
  const auto loaded = load({{"A", west},
                            {"B", "POLYGON((12 40,12 42,10.000001 42,10 41.5,10 41,10 40,12 40))"},
                            {"C", "POLYGON((9 42.000001,11 42,11 43,9 43,9 42.000001))"}},
                           std::nullopt);
  CHECK(length_km(border(loaded.atlas, "A|B")) == doctest::Approx(222.1).epsilon(0.001));
  CHECK(length_km(border(loaded.atlas, "A|C")) == doctest::Approx(82.9).epsilon(0.002));
  CHECK(length_km(border(loaded.atlas, "B|C")) == doctest::Approx(82.9).epsilon(0.002));
}

TEST_CASE("two coasts that part at a sharp angle are not one line") {
  const auto loaded = load({{"A", "POLYGON((8 40,10 40,10 41,9.99 42,8 42,8 40))"},
                            {"B", "POLYGON((10 40,12 40,12 42,10.01 42,10 41,10 40))"}},
                           std::nullopt, 50);
  CHECK(length_km(border(loaded.atlas, "A|B")) == doctest::Approx(111.0).epsilon(0.001));
  CHECK(border(loaded.atlas, "A|B").moved_m == 0);
}

TEST_CASE("lines that differ by rounding, by vertices or by a third of them match as the clean ones do") {
  const Halves clean{rough_line(300)};
  auto rounded = clean;
  std::mt19937 random(3);
  std::uniform_real_distribution<double> off(-1e-7, 1e-7);
  for (auto& v : rounded.line) v = {v.lon_deg + off(random), v.lat_deg + off(random)};
  auto thinned = clean;
  std::size_t number = 0;
  std::erase_if(thinned.line, [&](LonLat) { return number++ % 3 == 1 && number < 300; });
  const auto truth = load({{"A", clean.west()}, {"B", clean.east()}}, 0.0);
  for (const auto& [other, tolerance_m] : {std::pair(rounded, 0.5), std::pair(thinned, 400.0)}) {
    const auto loaded = load({{"A", clean.west()}, {"B", other.east()}}, tolerance_m);
    CHECK(border(loaded.atlas, "A|B").unshared_m == 0);
    for (double lat = 40.1; lat < 42; lat += 0.1) {
      const auto expected_m = distance_m(truth.atlas, "A|B", {10.1, lat});
      CHECK(std::abs(distance_m(loaded.atlas, "A|B", {10.1, lat}) - expected_m) <= tolerance_m);
    }
  }
}

TEST_CASE("a layer in another reference system shares its border with one in degrees") {
  const TempDir dir;
  for (const auto* crs : {"EPSG:3857", "EPSG:3035"}) {
    CAPTURE(crs);
    const Halves halves{rough_line(40)};
    const auto name = dir.file(crs == std::string_view("EPSG:3857") ? "b.gpkg" : "c.gpkg");
    write_layer(dir.file("a.gpkg"), {{"A", halves.west()}}, {.driver = "GPKG"});
    write_layer(name, {{"B", halves.east()}}, {.driver = "GPKG", .crs = crs});
    auto degrees = source_of(dir.file("a.gpkg"));
    auto metres = source_of(name);
    degrees.accuracy_m = metres.accuracy_m = 20;
    const auto loaded = load_atlas({degrees, metres}, {});
    REQUIRE(loaded);
    const auto& section = border(loaded->atlas, "A|B");
    CHECK(length_km(section) ==
          doctest::Approx(length_km(border(load({{"A", halves.west()}, {"B", halves.east()}}, 0.0).atlas, "A|B")))
              .epsilon(0.001));
    CHECK(section.unshared_m == 0);
    std::filesystem::remove(dir.file("a.gpkg"));
  }
}

TEST_CASE("an oblast drawn by another source takes the state's line where it faces the neighbour") {
  const TempDir dir;
  write_layer(dir.file("states.gpkg"),
              {{"U", "POLYGON((0 0,5 0,5 3,5 6,5 9,0 9,0 0))"}, {"R", "POLYGON((5 0,9 0,9 9,5 9,5 6,5 3,5 0))"}},
              {.driver = "GPKG"});
  write_layer(dir.file("oblasts.gpkg"), {{"U-1", "POLYGON((3 3,5.00002 3.00001,4.99998 6.00001,3 6,3 3))"}},
              {.driver = "GPKG"});
  auto states = source_of(dir.file("states.gpkg"));
  auto oblasts = source_of(dir.file("oblasts.gpkg"));
  states.accuracy_m = 5;
  oblasts.accuracy_m = 20;
  const auto loaded = load_atlas({states, oblasts}, {});
  REQUIRE(loaded);
  CHECK(length_km(border(loaded->atlas, "R|U-1")) == doctest::Approx(331.6).epsilon(0.002));
  CHECK(length_km(border(loaded->atlas, "R|U")) == doctest::Approx(995.0).epsilon(0.002));
}

}  // namespace kordon::geo::test
