#pragma once

#include "api/call.hpp"

namespace kordon::api {

/// OGC API Features Part 1: features as GeoJSON, many with paging, or one by its id.
Response get_regions(const Call& call);
Response get_region(const Call& call);
Response get_borders(const Call& call);
Response get_border(const Call& call);
Response get_zones(const Call& call);
Response get_zone(const Call& call);

}  // namespace kordon::api
