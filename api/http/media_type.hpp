#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace kordon::api::http {

/// Whether a `Content-Type` is this media type; its parameters may say only `charset=utf-8`. ASCII case is ignored.
bool is_media_type(std::string_view content_type, std::string_view wanted);

/// Of these media types the one that an `Accept` field likes best (RFC 9110, 12.5.1); of equals the first. An empty
/// field accepts anything; of several ranges the most specific one decides, and `q=0` excludes. Nothing: it accepts
/// none.
std::optional<std::string_view> best_of(std::string_view accept, std::span<const std::string_view> offered);

}  // namespace kordon::api::http
