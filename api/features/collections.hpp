#pragma once

#include "api/http/call.hpp"

namespace kordon::api::features {

/// OGC API Features Part 1: what stands above the features.
http::Response get_landing(const http::Call& call);
http::Response get_conformance(const http::Call& call);
http::Response get_collections(const http::Call& call);
http::Response get_regions_collection(const http::Call& call);
http::Response get_borders_collection(const http::Call& call);
http::Response get_zones_collection(const http::Call& call);

}  // namespace kordon::api::features
