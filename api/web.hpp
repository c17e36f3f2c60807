#pragma once

#include "api/call.hpp"

namespace kordon::api {

/// The map: `index.html`, `embed.html`, and `/web/{file}` for what they need, `/web/settings.json` among it.
Response get_map(const Call& call);
Response get_embed(const Call& call);
Response get_web_file(const Call& call);

}  // namespace kordon::api
