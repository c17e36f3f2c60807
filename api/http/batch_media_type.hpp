#pragma once

#include <optional>
#include <string_view>

#include "batch/format.hpp"

namespace kordon::api::http {

/// The media type that answers in a format are sent as.
std::string_view media_type_of(batch::Format format);

/// By a Content-Type, or nothing.
std::optional<batch::Format> format_of_content_type(std::string_view content_type);

/// The best of all formats that an Accept field lets through; the format of the request where it has no preference.
std::optional<batch::Format> preferred_format(std::string_view accept, batch::Format own);

}  // namespace kordon::api::http
