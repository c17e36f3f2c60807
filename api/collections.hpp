#pragma once

#include "api/call.hpp"

namespace kordon::api {

/// OGC API Features Part 1: what stands above the features.
Response get_landing(const Call& call);
Response get_conformance(const Call& call);
Response get_collections(const Call& call);
Response get_regions_collection(const Call& call);
Response get_borders_collection(const Call& call);
Response get_zones_collection(const Call& call);

}  // namespace kordon::api
