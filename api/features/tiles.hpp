#pragma once

#include "api/http/call.hpp"

namespace kordon::api::features {

/// OGC API Tiles Part 1: vector tiles of a collection in WebMercatorQuad, `{tileMatrix}/{tileRow}/{tileCol}`.
http::Response get_regions_tile(const http::Call& call);
http::Response get_borders_tile(const http::Call& call);
http::Response get_zones_tile(const http::Call& call);

/// Their tile set: what it holds, and the template of its tiles' addresses.
http::Response get_regions_tileset(const http::Call& call);
http::Response get_borders_tileset(const http::Call& call);
http::Response get_zones_tileset(const http::Call& call);

}  // namespace kordon::api::features
