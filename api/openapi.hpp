#pragma once

#include "api/http/call.hpp"

namespace kordon::api {

/// The interface as OpenAPI 3.1 (api/openapi.json), as OpenAPI 3.0 (made of it by api/openapi_30.py), and as a page
/// (api/docs.html); all are part of the program.
http::Response get_openapi(const http::Call& call);
http::Response get_openapi_30(const http::Call& call);
http::Response get_docs(const http::Call& call);

}  // namespace kordon::api
