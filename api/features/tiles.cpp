#include "api/features/tiles.hpp"

#include <fmt/format.h>

#include <charconv>

#include "api/features/feature_source.hpp"
#include "api/features/items_request.hpp"
#include "api/features/vector_tile.hpp"
#include "api/http/links.hpp"
#include "api/http/problem.hpp"

namespace kordon::api::features {
namespace {

constexpr std::string_view json_type = "application/json";
constexpr std::string_view tile_type = "application/vnd.mapbox-vector-tile";
constexpr std::string_view matrix_set = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad";
constexpr std::string_view web_mercator = "http://www.opengis.net/def/crs/EPSG/0/3857";

/// Plain digits, taken off the front of the text with the slash behind them.
std::optional<std::uint32_t> take_number(std::string_view& text) {
  const auto digits = text.substr(0, text.find('/'));
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  text.remove_prefix(std::min(digits.size() + 1, text.size()));
  return number;
}

/// Reads `zoom/row/column`; nothing where there is no such tile.
std::optional<cartography::Tile> tile_of(std::string_view path) {
  const auto zoom = take_number(path);
  const auto row = take_number(path);
  const auto column = take_number(path);
  if (!zoom || !row || !column || !path.empty() || *zoom > cartography::most_zoom) return std::nullopt;
  const auto count = std::uint32_t{1} << *zoom;
  if (*row >= count || *column >= count) return std::nullopt;
  return cartography::Tile{static_cast<int>(*zoom), *row, *column};
}

std::expected<std::string, evaluation::FieldErrors> bytes_of(const FeatureSource& source, const FeatureSet& set,
                                                             const cartography::Tile& tile,
                                                             const std::optional<evaluation::Period>& period) {
  VectorTile vector_tile(source.collection.id, tile);
  for (std::size_t i = 0; i < set.count(); ++i) {
    if (period && !period->meets(set.in_force(i))) continue;
    const auto geometry = set.geometry(i);
    if (!geometry) return std::unexpected(geometry.error());
    vector_tile.add(*geometry, set.properties(i));
  }
  return vector_tile.bytes();
}

http::Response get_tile(const http::Call& call, const FeatureSource& source) {
  const auto tile = tile_of(call.id);
  if (!tile) {
    return http::problem({{"path", evaluation::Code::not_found,
                           fmt::format("expected tileMatrix/tileRow/tileCol of WebMercatorQuad, tileMatrix up to {}",
                                       cartography::most_zoom)}});
  }
  evaluation::Fields fields(call.query);
  std::vector<std::string_view> known{"datetime"};
  known.insert(known.end(), source.own_keys.begin(), source.own_keys.end());
  refuse_unknown(call.query, known, fields);
  const auto period = read_items_request(fields).period;
  if (!fields.good()) return http::problem(fields.take_errors());
  const auto set = source.make(call.world, fields, cartography::max_offset_deg(*tile));
  if (!fields.good()) return http::problem(fields.take_errors());
  auto bytes = bytes_of(source, *set, *tile, period);
  if (!bytes) return http::problem(bytes.error());
  return {.content_type = std::string(tile_type), .body = std::move(*bytes)};
}

http::Response get_tileset(const http::Call& call, const FeatureSource& source) {
  if (auto refused = http::parameters_refused(call.query)) return std::move(*refused);
  const auto collection = http::base_url(call) + "/collections/" + std::string(source.collection.id);
  const auto tiles = collection + "/tiles/WebMercatorQuad";
  std::string json;
  text::JsonWriter out(json);
  out.begin_object().key("title").text(source.collection.title).key("dataType").text("vector");
  out.key("crs").text(web_mercator).key("tileMatrixSetURI").text(matrix_set);
  out.key("links").begin_array();
  http::write_link(out, {"self", json_type, source.collection.title, tiles});
  http::write_link(out, {"collection", json_type, source.collection.title, collection});
  out.begin_object().key("rel").text("item").key("type").text(tile_type).key("templated").boolean(true);
  out.key("href").text(tiles + "/{tileMatrix}/{tileRow}/{tileCol}").end_object();
  out.end_array().end_object();
  return {.body = std::move(json)};
}

}  // namespace

http::Response get_regions_tile(const http::Call& call) { return get_tile(call, regions_source()); }
http::Response get_borders_tile(const http::Call& call) { return get_tile(call, borders_source()); }
http::Response get_zones_tile(const http::Call& call) { return get_tile(call, zones_source(call.world)); }

http::Response get_regions_tileset(const http::Call& call) { return get_tileset(call, regions_source()); }
http::Response get_borders_tileset(const http::Call& call) { return get_tileset(call, borders_source()); }
http::Response get_zones_tileset(const http::Call& call) { return get_tileset(call, zones_source(call.world)); }

}  // namespace kordon::api::features
