#pragma once

#include <string_view>

namespace kordon::server {

/// Whether an `Accept-Encoding` field lets gzip through (RFC 9110, 12.5.3); without one, no.
bool accepts_gzip(std::string_view accept_encoding);

/// Whether a `Content-Encoding` field says that gzip has packed the body.
bool is_gzip(std::string_view content_encoding);

}  // namespace kordon::server
