#pragma once

#include "api/http/call.hpp"

namespace kordon::api {

/// The map: `index.html`, `embed.html`, and `/web/{file}` for what they need, `/web/settings.json` among it.
http::Response get_map(const http::Call& call);
http::Response get_embed(const http::Call& call);
http::Response get_web_file(const http::Call& call);

}  // namespace kordon::api
