#pragma once

#include "api/http/call.hpp"

namespace kordon::api::features {

/// OGC API Features Part 1: features as GeoJSON, many with paging, or one by its id.
http::Response get_regions(const http::Call& call);
http::Response get_region(const http::Call& call);
http::Response get_borders(const http::Call& call);
http::Response get_border(const http::Call& call);
http::Response get_zones(const http::Call& call);
http::Response get_zone(const http::Call& call);

}  // namespace kordon::api::features
