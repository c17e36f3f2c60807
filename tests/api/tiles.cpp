#include <doctest/doctest.h>

#include <protozero/pbf_reader.hpp>
#include <set>

#include "api/endpoints.hpp"
#include "cartography/tile.hpp"
#include "tests/api/test_world.hpp"

using namespace kordon;

namespace {

api::http::Response ask(std::string_view target, std::string_view if_none_match = {}) {
  static const auto world = test::small_world({}, {test::square("FI", {20, 60}, {22, 62})});
  return api::answer(*world, {.method = "GET",
                              .target = target,
                              .accept = {},
                              .content_type = {},
                              .body = {},
                              .received = test::test_now(),
                              .host = "example.org:8080",
                              .if_none_match = if_none_match});
}

/// What a reader of its own makes of a tile's only layer.
struct Layer {
  std::string name;
  std::set<std::string> values;
  std::vector<std::vector<std::uint32_t>> geometries;
};

std::vector<std::uint32_t> geometry_of(protozero::pbf_reader feature) {
  std::vector<std::uint32_t> commands;
  while (feature.next()) {
    if (feature.tag() != 4) {
      feature.skip();
      continue;
    }
    for (const auto command : feature.get_packed_uint32()) commands.push_back(command);
  }
  return commands;
}

std::string value_of(protozero::pbf_reader value) { return value.next(1) ? value.get_string() : std::string(); }

Layer layer_of(const std::string& tile) {
  Layer layer;
  protozero::pbf_reader outer(tile);
  REQUIRE(outer.next(3));
  auto reader = outer.get_message();
  while (reader.next()) {
    if (reader.tag() == 1) {
      layer.name = reader.get_string();
    } else if (reader.tag() == 2) {
      layer.geometries.push_back(geometry_of(reader.get_message()));
    } else if (reader.tag() == 4) {
      layer.values.insert(value_of(reader.get_message()));
    } else {
      reader.skip();
    }
  }
  return layer;
}

constexpr std::string_view finland = "/collections/regions/tiles/WebMercatorQuad/5/9/17";

}  // namespace

TEST_CASE("a region is a polygon of the tiles that it lies in, and of no other") {
  const auto response = ask(finland);
  CHECK(response.status == 200);
  CHECK(response.content_type == "application/vnd.mapbox-vector-tile");
  const auto layer = layer_of(response.body);
  CHECK(layer.name == "regions");
  CHECK(layer.values.contains("FI"));
  REQUIRE(layer.geometries.size() == 1);
  // Move, lines to as many corners as there are besides it, close.
  const auto& commands = layer.geometries[0];
  CHECK(commands.front() == (1U | 1U << 3U));
  CHECK(commands.back() == (7U | 1U << 3U));
  CHECK(ask("/collections/regions/tiles/WebMercatorQuad/5/9/2").body.empty());
}

TEST_CASE("a square has the corners in a tile that its degrees have") {
  const auto commands = layer_of(ask(finland).body).geometries.at(0);
  // Its north lies beyond the tile, which ends at 61.6 N.
  const auto south_west = cartography::quantized({{20, 60}}, {5, 9, 17})[0];
  const auto south_east = cartography::quantized({{22, 60}}, {5, 9, 17})[0];
  std::set<cartography::TilePoint> corners;
  cartography::TilePoint at{0, 0};
  for (std::size_t i = 0; i + 1 < commands.size();) {
    const auto count = commands[i] >> 3U;
    ++i;
    for (std::uint32_t k = 0; k < count; ++k, i += 2) {
      at = {at[0] + protozero::decode_zigzag32(commands[i]), at[1] + protozero::decode_zigzag32(commands[i + 1])};
      corners.insert(at);
    }
  }
  CHECK(corners.contains(south_west));
  CHECK(corners.contains(south_east));
}

TEST_CASE("a zone is drawn with the parameters of the query, and only while its rule is in force") {
  constexpr std::string_view path = "/collections/zones/tiles/WebMercatorQuad/6/21/38?activity=fire";
  const auto wide = ask(path);
  const auto narrow = ask(std::string(path) + "&depth_km=1");
  REQUIRE(wide.status == 200);
  REQUIRE(narrow.status == 200);
  CHECK(wide.body != narrow.body);
  CHECK(layer_of(wide.body).values.contains("permit"));
  CHECK(ask(std::string(path) + "&datetime=2024-05-29T00:00:00Z").body.empty());
}

TEST_CASE("a tile is not sent twice") {
  const auto first = ask(finland);
  std::string tag;
  for (const auto& [name, value] : first.headers) {
    if (name == "ETag") tag = value;
  }
  REQUIRE_FALSE(tag.empty());
  CHECK(ask(finland, tag).status == 304);
}

TEST_CASE("what is no tile is not found, and what is no key is refused") {
  for (const auto* tile : {"5/32/0", "5/0/32", "23/0/0", "5/0", "5/0/0/0", "x/0/0", "-1/0/0", "5/0/"}) {
    CAPTURE(tile);
    CHECK(ask("/collections/regions/tiles/WebMercatorQuad/" + std::string(tile)).status == 404);
  }
  CHECK(ask(std::string(finland) + "?bbox=1,2,3,4").status == 400);
}

TEST_CASE("a tile set names the matrix set and the template of its tiles") {
  const auto json = test::json_of(ask("/collections/zones/tiles/WebMercatorQuad"));
  CHECK(json["tileMatrixSetURI"] == "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad");
  CHECK(json.dump().contains("/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}"));
}
