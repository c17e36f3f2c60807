#pragma once

#include "api/call.hpp"

namespace kordon::api {

/// The interface as OpenAPI 3.1 (api/openapi.json) and as a page (api/docs.html); both are part of the program.
Response get_openapi(const Call& call);
Response get_docs(const Call& call);

}  // namespace kordon::api
