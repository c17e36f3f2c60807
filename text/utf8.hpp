#pragma once

#include <cstddef>
#include <string_view>

namespace kordon::text {

/// Bytes of the well-formed UTF-8 sequence (RFC 3629) at the start of a text, or 0 where there is none.
std::size_t utf8_sequence_length(std::string_view text);

bool is_utf8(std::string_view text);

}  // namespace kordon::text
